namespace AImetier.Portal.Features.Webhooks;

/// <summary>When an endpoint that fails is shown to people, and when it is switched off.</summary>
public static class FailureRules
{
    /// <summary>Failing for so long, people are told.</summary>
    public static readonly TimeSpan WarnAfter = TimeSpan.FromDays(3);

    /// <summary>Failing for so long, it is switched off.</summary>
    public static readonly TimeSpan DisableAfter = TimeSpan.FromDays(5);

    /// <summary>With fewer failed attempts it stays on, however long it fails.</summary>
    public const int FewestFailures = 10;

    /// <summary>
    /// Between two failed attempts at most this counts as time of failing, a little more than the longest wait of the schedule: a clock that is
    /// set ahead, or a Portal that was off for a week, switches nothing off.
    /// </summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromHours(27);

    /// <summary>Whether people should know.</summary>
    /// <param name="failingFor">Time of failing.</param>
    public static bool IsWorthAWarning(TimeSpan failingFor) => failingFor >= WarnAfter;

    /// <summary>Whether it has failed too long.</summary>
    /// <param name="failingFor">Time of failing.</param>
    /// <param name="failures">Failed attempts since the last success.</param>
    public static bool IsTooLong(TimeSpan failingFor, int failures) => failingFor >= DisableAfter && failures >= FewestFailures;
}
