using AImetier.Portal.LoadTests.Reporting;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>One goal of docs/performance.md, or a few that are measured together.</summary>
internal interface IScenario
{
    /// <summary>What to type.</summary>
    string Name { get; }

    /// <summary>What is measured, in one line.</summary>
    string Summary { get; }

    /// <summary>Measures.</summary>
    Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken);
}
