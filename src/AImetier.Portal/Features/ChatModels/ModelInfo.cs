namespace AImetier.Portal.Features.ChatModels;

/// <summary>Which model answers, for pages and the API.</summary>
/// <param name="IsPractice">Whether it is the built-in practice model, whose answers must be labeled as such.</param>
/// <param name="Name">Name that messages carry: <c>practice</c>, or the configured model's.</param>
public sealed record ModelInfo(bool IsPractice, string Name)
{
    /// <summary>The built-in practice model.</summary>
    public static ModelInfo Practice { get; } = new(true, "practice");

    /// <summary>The model that is configured.</summary>
    /// <param name="options">The configuration.</param>
    public static ModelInfo Of(ModelOptions options) => options.IsLive ? new(false, options.Name!.Trim()) : Practice;

    /// <summary>What the API says: <c>practice</c> or <c>live</c>.</summary>
    public string Kind => IsPractice ? "practice" : "live";
}
