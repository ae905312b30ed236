using System.ComponentModel.DataAnnotations;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Section <c>RateLimits:PerKey</c>: how often a key may call.</summary>
public sealed class KeyRateOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "RateLimits:PerKey";

    /// <summary>Requests a second in the long run, 1 to 100000.</summary>
    [Range(1, 100_000, ErrorMessage = "must be 1 to 100000 (requests a second)")]
    public int PermitsPerSecond { get; set; } = 60;

    /// <summary>Requests at once after a pause, 1 to 1000000.</summary>
    [Range(1, 1_000_000, ErrorMessage = "must be 1 to 1000000 (requests)")]
    public int Burst { get; set; } = 120;

    /// <summary>Refused keys a minute from one source before 401 becomes 429, 1 to 1000000.</summary>
    [Range(1, 1_000_000, ErrorMessage = "must be 1 to 1000000 (refusals a minute)")]
    public int RefusalsPerMinute { get; set; } = 300;
}
