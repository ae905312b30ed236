using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Reference;

/// <summary>What every page of the manual shows around its content.</summary>
/// <param name="Manual">The contents.</param>
/// <param name="Fill">Whose Portal and teammate it is for.</param>
/// <param name="Picked">The teammate whose id fills the samples, or null.</param>
public sealed record ManualPage(Manual Manual, ManualFill Fill, Teammate? Picked)
{
    /// <summary>The topic that is read, or null.</summary>
    public ManualTopic? Topic { get; init; }

    /// <summary>What was looked for, or null.</summary>
    public string? Typed { get; init; }

    /// <summary>What was found.</summary>
    public IReadOnlyList<ManualHit> Hits { get; init; } = [];

    /// <summary>The topic before this one in the contents, or null.</summary>
    public ManualTopic? Previous => Beside(-1);

    /// <summary>The topic after this one in the contents, or null.</summary>
    public ManualTopic? Next => Beside(1);

    private ManualTopic? Beside(int step) =>
        Topic is null ? null : Manual.Topics.ToList() is var all ? all.ElementAtOrDefault(all.IndexOf(Topic) + step) : null;
}
