using System.Diagnostics;
using System.Globalization;
using AImetier.Portal.LoadTests.Reporting;
using AImetier.Portal.Tests.Approvals.Modeling;
using CsCheck;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>Whether anything ever leaves that nobody approved: many random sequences over the real services, beside a model, and bad senders that must be caught.</summary>
internal sealed class ApprovalsScenario : IScenario
{
    private const int Batch = 2_000;
    private const int MostForControl = 2_000;

    public string Name => "approvals";

    public string Summary => "random sequences of approvals beside a model, --sequences (100,000)";

    public TimeSpan Longest => TimeSpan.FromHours(3);

    public bool Pinned => false;

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var controls = await ControlsAsync(cancellationToken);
        var goal = options.Quick ? Math.Min(options.Sequences, 500) : options.Sequences;
        var began = Stopwatch.GetTimestamp();
        var left = goal;
        var done = new List<Tally>();
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(LaneAsync, cancellationToken)));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;

        var sequences = done.Sum(tally => tally.Sequences);
        return
        [
            Count("sequences without a breach", sequences, options.Quick ? null : sequences >= options.Sequences, "≥ " + Text(options.Sequences)),
            new Verdict("rate of breaches, at most (95 %: 3/n)", "", (3.0 / sequences).ToString("0.0e+0", CultureInfo.InvariantCulture), "", 1, null),
            Count("steps", done.Sum(tally => tally.Steps)),
            Count("approvals", done.Sum(tally => tally.Approvals)),
            Count("sends, each of approved content", done.Sum(tally => tally.Sends)),
            Count("approvals that ended, and stayed so", done.Sum(tally => tally.Ended.Count)),
            Count("sequences a second", (int)(sequences / seconds)),
            .. Enum.GetValues<StepKind>().Select(kind => Count($"steps: {kind}", done.Sum(tally => tally.Of(kind)))),
            .. controls,
        ];

        // Each batch has a database file of its own: rows of the batches before would only make it slower.
        async Task LaneAsync()
        {
            while (Interlocked.Add(ref left, -Batch) + Batch is > 0 and var rest)
            {
                var tally = await BatchAsync(Math.Min(rest, Batch), cancellationToken);
                lock (done)
                {
                    done.Add(tally);
                    var so = done.Sum(one => one.Sequences);
                    Console.WriteLine($"{Text(so)} sequences, {so / Stopwatch.GetElapsedTime(began).TotalSeconds:0} a second");
                }
            }
        }
    }

    private static async Task<Tally> BatchAsync(int count, CancellationToken cancellationToken)
    {
        await using var portal = await ModelPortal.CreateAsync();
        var tally = new Tally();
        await Step.Sequences.SampleAsync(
            steps => cancellationToken.IsCancellationRequested ? Task.CompletedTask : SequenceRun.RunAsync(portal, steps, Senders.HonestAsync, tally),
            iter: count,
            threads: 1,
            print: Step.Print);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (id, state) in tally.Ended)
        {
            if (portal.Read(id).State != state)
                throw new ModelBrokenException(Invariant.FinalStatesStay, $"{id} was {state} at the end of its sequence.");
        }

        return tally;
    }

    private static async Task<IReadOnlyList<Verdict>> ControlsAsync(CancellationToken cancellationToken)
    {
        var verdicts = new List<Verdict>();
        foreach (var (sender, breaks) in Control.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var portal = await ModelPortal.CreateAsync();
            var caught = await Control.CaughtAsync(portal, Control.Of(sender), breaks, MostForControl);
            verdicts.Add(new Verdict(
                $"control: sequences until {sender.Replace("Async", "", StringComparison.Ordinal)} is caught", "≤ " + Text(MostForControl), caught is { } after ? Text(after) : "never", "", 1, caught is not null));
        }

        return verdicts;
    }

    private static Verdict Count(string figure, int value, bool? met = null, string goal = "") => new(figure, goal, Text(value), "", 1, met);

    private static string Text(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
