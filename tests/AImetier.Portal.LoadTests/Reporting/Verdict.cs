namespace AImetier.Portal.LoadTests.Reporting;

/// <summary>One line of a report.</summary>
/// <param name="Figure">What was measured.</param>
/// <param name="Goal">The goal in words; empty when the figure only informs.</param>
/// <param name="Best">Best value, with its unit.</param>
/// <param name="Median">Median value, with its unit; the goal is judged by it.</param>
/// <param name="Repetitions">How many values there are.</param>
/// <param name="Met">Whether the median meets the goal; null without a goal.</param>
internal sealed record Verdict(string Figure, string Goal, string Best, string Median, int Repetitions, bool? Met);
