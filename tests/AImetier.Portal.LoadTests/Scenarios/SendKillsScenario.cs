using System.Diagnostics;
using System.Globalization;
using AImetier.Portal.LoadTests.Driving;
using AImetier.Portal.LoadTests.Reporting;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>Whether an e-mail ever leaves twice by itself, or gets lost, when the Portal is killed while it sends; and a sender that forgets, which must be caught.</summary>
internal sealed class SendKillsScenario : IScenario
{
    private const int MostForControl = 60;

    public string Name => "send-kills";

    public string Summary => "kill -9 while e-mail is leaving, --kills (100): nothing twice by itself, nothing lost";

    public TimeSpan Longest => TimeSpan.FromHours(2);

    public bool Pinned => false;

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var control = await ControlAsync(options.Quick ? 10 : MostForControl, cancellationToken);
        var goal = options.Quick ? Math.Min(options.Kills, 3) : options.Kills;
        var tally = new KillTally();
        await using var post = await KilledPost.OpenAsync(forgetsAttempts: false, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        for (var kill = 1; kill <= goal; kill++)
        {
            await post.RoundAsync(tally, cancellationToken);
            if (kill % 10 == 0)
                Console.WriteLine($"{Text(kill)} kills, {Stopwatch.GetElapsedTime(began).TotalSeconds / kill:0.0} s each; {Text(tally.Uncertain)} uncertain");
        }

        return
        [
            Count("kills", goal),
            Count("e-mails that a person approved", tally.Approved),
            Count("uncertain after the restart", tally.Uncertain),
            Count("of these taken by the mail server", tally.UncertainTaken, tally.UncertainTaken > 0, "> 0"),
            Count("sent twice by itself", tally.Twice, tally.Twice == 0, "0"),
            Count("approved, and neither sent nor open afterwards", tally.Lost, tally.Lost == 0, "0"),
            Count("called sent, and not taken", tally.Invented, tally.Invented == 0, "0"),
            Count("ended by a person's word", tally.EndedByPeople, tally.EndedByPeople == tally.Uncertain, "all"),
            new Verdict("chance that a taken one leaves twice, at most (95 %: 3/n)", "", tally.UncertainTaken == 0 ? "" : (3.0 / tally.UncertainTaken).ToString("0.0e+0", CultureInfo.InvariantCulture), "", 1, null),
            new Series(tally.Restarts).LessIsBetter("restart, until it listens", "0.0 s"),
            control,
        ];
    }

    private static async Task<Verdict> ControlAsync(int most, CancellationToken cancellationToken)
    {
        var tally = new KillTally();
        await using var post = await KilledPost.OpenAsync(forgetsAttempts: true, cancellationToken);
        var kills = 0;
        while (tally.Twice == 0 && kills < most)
        {
            kills++;
            await post.RoundAsync(tally, cancellationToken);
        }

        return new Verdict(
            "control: kills until a sender that forgets sends twice", "≤ " + Text(most), tally.Twice > 0 ? Text(kills) : "never", "", 1, tally.Twice > 0);
    }

    private static Verdict Count(string figure, int value, bool? met = null, string goal = "") => new(figure, goal, Text(value), "", 1, met);

    private static string Text(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
