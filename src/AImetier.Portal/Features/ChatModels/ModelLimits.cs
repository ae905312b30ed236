namespace AImetier.Portal.Features.ChatModels;

/// <summary>What a live model's server may take before it counts as broken.</summary>
internal static class ModelLimits
{
    /// <summary>Longest time without a byte.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(50);

    /// <summary>Most bytes of one event of the stream: it is held in memory until it is whole.</summary>
    public const int Event = 1024 * 1024;

    /// <summary>Most bytes of one answer.</summary>
    public const int Answer = 32 * 1024 * 1024;
}
