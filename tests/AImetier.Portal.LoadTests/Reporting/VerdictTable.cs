using System.Text;

namespace AImetier.Portal.LoadTests.Reporting;

/// <summary>Prints verdicts as a table that can be pasted into docs/performance.md.</summary>
internal static class VerdictTable
{
    public static string Of(IReadOnlyList<Verdict> verdicts, bool judged)
    {
        string[] titles = ["figure", "goal", "best", "median", "n", "verdict"];
        List<string[]> rows = [titles, .. verdicts.Select(verdict => Row(verdict, judged))];
        var widths = Enumerable.Range(0, titles.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        rows.Insert(1, [.. widths.Select(width => new string('-', width))]);

        var table = new StringBuilder();
        foreach (var row in rows)
            table.Append("| ").AppendJoin(" | ", row.Select((cell, column) => cell.PadRight(widths[column]))).AppendLine(" |");
        if (!judged)
            table.AppendLine("A quick run proves that the measuring works; its figures mean nothing.");
        return table.ToString();
    }

    private static string[] Row(Verdict verdict, bool judged) =>
    [
        verdict.Figure,
        verdict.Goal,
        verdict.Best,
        verdict.Median,
        verdict.Repetitions.ToString(System.Globalization.CultureInfo.InvariantCulture),
        (judged, verdict.Met) switch
        {
            (false, _) or (_, null) => "",
            (_, true) => "met",
            _ => "MISSED",
        },
    ];
}
