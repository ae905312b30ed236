using System.Diagnostics;
using System.Globalization;
using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.LoadTests.Reporting;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>How many deliveries a second reach a fast receiver, and whether a receiver that never answers slows the others.</summary>
internal sealed class WebhooksScenario : IScenario
{
    private const double Goal = 1_000;
    private const double GoalBesideStalled = 0.9;
    private const int Fast = 10;

    public string Name => "webhooks";

    public string Summary => "deliveries a second to a fast receiver, and of ten fast ones beside one that never answers";

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var (events, rounds, warmUp) = options.Quick ? (500, 1, 0) : (10_000, 7, 2);
        await using var receiver = await CountingReceiver.StartAsync(cancellationToken);
        await using var calm = await PortalProcess.StartAsync(Settings, cancellationToken);
        await using var beside = await PortalProcess.StartAsync(Settings, cancellationToken);
        var one = await HireAsync(calm, receiver, ["/one"], cancellationToken);
        var ten = await HireAsync(calm, receiver, Paths("/calm"), cancellationToken);
        var tenBeside = await HireAsync(beside, receiver, Paths("/beside"), cancellationToken);
        var stalled = await HireAsync(beside, receiver, [CountingReceiver.Stalled], cancellationToken);

        var (rates, processor, without, with) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = -warmUp; round < rounds; round++)
        {
            var before = calm.ProcessorTime;
            var rate = await RateAsync(calm, receiver, one, events, 1, cancellationToken);
            var used = (calm.ProcessorTime - before).TotalMicroseconds / events;
            var alone = await RateAsync(calm, receiver, ten, events / Fast, Fast, cancellationToken);
            await beside.PublishAsync(stalled, events / Fast, cancellationToken);
            var disturbed = await RateAsync(beside, receiver, tenBeside, events / Fast, Fast, cancellationToken);
            if (round < 0)
                continue;
            rates.Add(rate);
            processor.Add(used);
            without.Add(alone);
            with.Add(disturbed);
        }

        return
        [
            new Series(rates).AtLeast("deliveries a second to a fast receiver", Goal, "#,0"),
            new Series(processor).LessIsBetter("processor time of the Portal for each, with storing the event", "0 µs"),
            new Series(with.Zip(without, (disturbed, alone) => disturbed / alone)).AtLeast("ten fast receivers beside a stalled one ÷ without it", GoalBesideStalled, "0.00×"),
            new Series(without).MoreIsBetter("deliveries a second to ten fast receivers", "#,0"),
            new Series(with).MoreIsBetter("the same beside a stalled one", "#,0"),
        ];
    }

    private static Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["Webhooks:AllowHttp"] = "true",
        ["Webhooks:AllowedNetworks:0"] = "127.0.0.0/8",
    };

    private static async Task<string> HireAsync(PortalProcess portal, CountingReceiver receiver, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        using var pages = await PortalPages.SignInAsync(portal, cancellationToken);
        var teammate = await pages.HireAsync("Léa", cancellationToken);
        foreach (var path in paths)
            await portal.AddWebhookAsync(teammate, receiver.Address + path, cancellationToken);
        return teammate;
    }

    private static IEnumerable<string> Paths(string start) => Enumerable.Range(0, Fast).Select(n => string.Create(CultureInfo.InvariantCulture, $"{start}/{n}"));

    // From the moment at which the events are stored to the last arrival: planning, claiming, signing, posting and storing.
    private static async Task<double> RateAsync(PortalProcess portal, CountingReceiver receiver, string teammate, int events, int endpoints, CancellationToken cancellationToken)
    {
        var whole = receiver.Expect(events * endpoints);
        await portal.PublishAsync(teammate, events, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var ended = await whole.WaitAsync(cancellationToken);
        return events * endpoints / Stopwatch.GetElapsedTime(began, ended).TotalSeconds;
    }
}
