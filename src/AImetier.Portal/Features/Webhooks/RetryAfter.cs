using System.Globalization;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Reads how long a receiver wants to be left alone.</summary>
/// <remarks>RFC 9110, section 10.2.3: whole seconds, or a date.</remarks>
public static class RetryAfter
{
    /// <summary>Reads the header's value.</summary>
    /// <param name="value">Any text from outside, or null.</param>
    /// <param name="now">The time of the answer.</param>
    /// <returns>A wait above zero and at most <see cref="RetrySchedule.LongestRetryAfter"/>, however absurd the value; or null when there is none.</returns>
    public static TimeSpan? Read(string? value, DateTimeOffset now)
    {
        var text = (value ?? "").Trim();
        if (text.Length == 0)
            return null;
        if (text.All(char.IsAsciiDigit))
        {
            var seconds = text.TrimStart('0');
            return seconds.Length > 9 ? RetrySchedule.LongestRetryAfter : Within(TimeSpan.FromSeconds(seconds.Length == 0 ? 0 : int.Parse(seconds, CultureInfo.InvariantCulture)));
        }

        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? Within(date - now) : null;
    }

    private static TimeSpan? Within(TimeSpan wait) =>
        wait <= TimeSpan.Zero ? null : wait > RetrySchedule.LongestRetryAfter ? RetrySchedule.LongestRetryAfter : wait;
}
