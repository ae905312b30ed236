using System.Globalization;

namespace AImetier.Portal.LoadTests.Reporting;

/// <summary>The values of one figure over the rounds of a run.</summary>
internal sealed class Series(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public double Lowest => _sorted[0];

    public double Highest => _sorted[^1];

    public double Median => _sorted.Length % 2 == 1 ? _sorted[_sorted.Length / 2] : (_sorted[(_sorted.Length / 2) - 1] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>A figure that should be at least so much.</summary>
    public Verdict AtLeast(string figure, double goal, string format) =>
        new(figure, "≥ " + Text(goal, format), Text(Highest, format), Text(Median, format), Count, Median >= goal);

    /// <summary>A figure that should be at most so much.</summary>
    public Verdict AtMost(string figure, double goal, string format) =>
        new(figure, "≤ " + Text(goal, format), Text(Lowest, format), Text(Median, format), Count, Median <= goal);

    /// <summary>A figure without a goal, of which more is better.</summary>
    public Verdict MoreIsBetter(string figure, string format) => new(figure, "", Text(Highest, format), Text(Median, format), Count, null);

    /// <summary>A figure without a goal, of which less is better.</summary>
    public Verdict LessIsBetter(string figure, string format) => new(figure, "", Text(Lowest, format), Text(Median, format), Count, null);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
