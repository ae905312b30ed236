using System.Diagnostics;
using System.Globalization;
using AImetier.Portal.LoadTests.Reporting;
using AImetier.Portal.Tests.Webhooks.Killing;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>Whether an event is ever lost, or comes again under another id, when the Portal is killed at random moments.</summary>
internal sealed class WebhookKillsScenario : IScenario
{
    private const int InFlight = 5_000;
    private const int Processes = 2;

    public string Name => "webhook-kills";

    public string Summary => "kill -9 at random moments, --kills (200), with 5,000 events under way";

    public TimeSpan Longest => TimeSpan.FromHours(2);

    public bool Pinned => false;

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var kills = options.Quick ? Math.Min(options.Kills, 5) : options.Kills;
        var began = Stopwatch.GetTimestamp();
        var tally = await new KillCampaign(kills, InFlight, Processes, Tell).RunAsync(cancellationToken);
        return
        [
            Count("kills", tally.Kills, options.Quick ? null : tally.Kills >= options.Kills, "≥ " + Text(options.Kills)),
            Count("kills that left claimed deliveries behind", tally.MidAttempt),
            Count("events stored", tally.Published),
            Count("events lost", tally.Lost, tally.Lost == 0, "0"),
            Count("deliveries not stored as delivered", tally.Undelivered, tally.Undelivered == 0, "0"),
            Count("deliveries planned twice or never", Math.Abs(tally.Planned - tally.Published), tally.Planned == tally.Published, "0"),
            Count("arrivals with another id, another body or a bad signature", tally.Strangers, tally.Strangers == 0, "0"),
            Count("arrivals again, with the same id and body", tally.Repeats),
            new Verdict("events lost, at most (95 %: 3/n of events)", "", (3.0 / tally.Published).ToString("0.0e+0", CultureInfo.InvariantCulture), "", 1, null),
            new Verdict("kills that lose one, at most (95 %: 3/n of kills at work)", "", (3.0 / Math.Max(tally.MidAttempt, 1)).ToString("0.000", CultureInfo.InvariantCulture), "", 1, null),
            new Verdict("integrity_check", "ok", tally.Database, "", 1, tally.Database == "ok"),
        ];

        void Tell(int killed, int arrived)
        {
            if (killed % 10 == 0)
                Console.WriteLine($"{Text(killed)} kills, {Text(arrived)} events arrived, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        }
    }

    private static Verdict Count(string figure, int count, bool? met = null, string goal = "") => new(figure, goal, Text(count), "", 1, met);

    private static string Text(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
