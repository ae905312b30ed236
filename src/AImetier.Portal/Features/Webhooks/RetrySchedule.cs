using System.Security.Cryptography;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>When a delivery that failed is tried again.</summary>
/// <remarks>Standard Webhooks 1.0, "Deliverability and reliability".</remarks>
public static class RetrySchedule
{
    /// <summary>A receiver may ask for no longer wait than this.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    private const int JitterPercent = 10;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    /// <summary>Attempts in all: the first and one after each wait.</summary>
    public static int Attempts => Waits.Length + 1;

    /// <summary>Wait before the next attempt.</summary>
    /// <param name="attempt">Attempt just made, from 1.</param>
    /// <param name="retryAfter">What the receiver asked for, or null.</param>
    /// <returns>The wait with up to 10 % of jitter on both sides, at least as long as the receiver asked for within a day; or null when no attempt is left.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="attempt"/> is below 1.</exception>
    public static TimeSpan? After(int attempt, TimeSpan? retryAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        if (attempt > Waits.Length)
            return null;
        var wait = Waits[attempt - 1] * ((1000 + RandomNumberGenerator.GetInt32(-JitterPercent * 10, (JitterPercent * 10) + 1)) / 1000.0);
        return retryAfter is { } asked && asked > wait ? Shorter(asked, LongestRetryAfter) : wait;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
