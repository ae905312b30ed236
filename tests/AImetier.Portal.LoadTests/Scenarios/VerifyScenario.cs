using AImetier.Portal.LoadTests.Driving;
using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.LoadTests.Reporting;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>What authentication costs a whole request: the same request with a key and without, against one server, in bursts by turns.</summary>
internal sealed class VerifyScenario : IScenario
{
    private const double Goal = 0.75;
    private const int Connections = 16;
    private const int Keys = 8;

    public string Name => "verify";

    public string Summary => "requests with a key ÷ the same requests without, through the whole pipeline";

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var rounds = options.Quick ? 2 : 11;
        var burst = options.Quick ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(1.5);

        // So long on one core until the runtime no longer counts its own steps and compiles anew; before, that is what would be measured.
        var warmUp = options.Quick ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(100);

        await using var portal = await PortalProcess.StartAsync(PortalProcess.HighKeyLimits, cancellationToken);
        var keys = await PortalPages.GenerateAsync(portal, Keys, cancellationToken);
        using var action = await Pair.OpenAsync(portal, "/api/twins/action/", keys, cancellationToken);
        using var endpoint = await Pair.OpenAsync(portal, "/api/twins/endpoint/", keys, cancellationToken);
        foreach (var loop in (ClosedLoop[])[action.WithKey, action.Open, endpoint.WithKey, endpoint.Open])
            await loop.RunAsync(warmUp / 4, cancellationToken);

        for (var round = 0; round < rounds; round++)
        {
            await action.MeasureAsync(burst, keyFirst: round % 2 == 0, cancellationToken);
            await endpoint.MeasureAsync(burst, keyFirst: round % 2 == 0, cancellationToken);
        }

        return [.. action.Verdicts("action"), .. endpoint.Verdicts("endpoint")];
    }

    /// <summary>The same request with a key and without.</summary>
    private sealed class Pair(ClosedLoop withKey, ClosedLoop open) : IDisposable
    {
        private readonly List<(Burst WithKey, Burst Open)> _rounds = [];

        public ClosedLoop WithKey => withKey;

        public ClosedLoop Open => open;

        public static async Task<Pair> OpenAsync(PortalProcess portal, string path, IReadOnlyList<string> keys, CancellationToken cancellationToken) => new(
            await ClosedLoop.OpenAsync(portal, path + "withkey", keys, Connections, cancellationToken),
            await ClosedLoop.OpenAsync(portal, path + "open", keys: null, Connections, cancellationToken));

        public async Task MeasureAsync(TimeSpan burst, bool keyFirst, CancellationToken cancellationToken)
        {
            var first = await (keyFirst ? withKey : open).RunAsync(burst, cancellationToken);
            var second = await (keyFirst ? open : withKey).RunAsync(burst, cancellationToken);
            var round = keyFirst ? (first, second) : (second, first);
            if (first.BodyBytes != second.BodyBytes)
                throw new InvalidOperationException($"The twins' answers differ: {first.BodyBytes} and {second.BodyBytes} bytes.");
            _rounds.Add(round);
        }

        public IEnumerable<Verdict> Verdicts(string kind)
        {
            var ratio = new Series(_rounds.Select(round => round.WithKey.PerSecond / round.Open.PerSecond));
            yield return ratio.AtLeast($"{kind}: with key ÷ without, requests/s", Goal, "0.00");
            yield return new Series(_rounds.Select(round => round.WithKey.PerSecond)).MoreIsBetter($"{kind}: with key, requests/s", "#,0");
            yield return new Series(_rounds.Select(round => round.Open.PerSecond)).MoreIsBetter($"{kind}: without, requests/s", "#,0");
            yield return new Series(_rounds.Select(round => round.Open.ServerMicroseconds / round.WithKey.ServerMicroseconds))
                .MoreIsBetter($"{kind}: without ÷ with key, server time a request", "0.00");
            yield return new Series(_rounds.Select(round => round.WithKey.ServerMicroseconds - round.Open.ServerMicroseconds))
                .LessIsBetter($"{kind}: server time that a key adds, µs", "0.0");
            yield return new Series(_rounds.Select(round => Math.Min(round.WithKey.ServerLoad, round.Open.ServerLoad)))
                .MoreIsBetter($"{kind}: share of the time the server was busy", "0.00");
        }

        public void Dispose()
        {
            withKey.Dispose();
            open.Dispose();
        }
    }
}
