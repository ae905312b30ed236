using AImetier.Portal.LoadTests.Reporting;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>One goal of docs/performance.md, or a few that are measured together.</summary>
internal interface IScenario
{
    /// <summary>What to type.</summary>
    string Name { get; }

    /// <summary>What is measured, in one line.</summary>
    string Summary { get; }

    /// <summary>No run takes longer.</summary>
    TimeSpan Longest => TimeSpan.FromMinutes(20);

    /// <summary>Whether the load and the measured server are kept on a core each.</summary>
    bool Pinned => true;

    /// <summary>Measures.</summary>
    Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken);
}
