using System.ComponentModel.DataAnnotations;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Section <c>RateLimits:Work</c>: how much work one key, or one incoming hook without a key, may ask for. Each ask may cost money.</summary>
public sealed class WorkLimitOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "RateLimits:Work";

    /// <summary>Asks of a key within any minute, 1 to 10,000. Default 30.</summary>
    [Range(1, 10_000)]
    public int PerMinute { get; set; } = 30;

    /// <summary>Asks of a key being worked on at once, 1 to 1,000. Default 4.</summary>
    [Range(1, 1_000)]
    public int AtOnce { get; set; } = 4;

    /// <summary>Asks of a key within any 24 hours, 1 to 1,000,000. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int PerDay { get; set; } = 1_000;
}
