using System.Diagnostics;
using System.Globalization;
using AImetier.Portal.LoadTests.Driving;
using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.LoadTests.Reporting;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>What the Portal adds to a model's first token, and what many open streams cost in memory.</summary>
internal sealed class StreamScenario : IScenario
{
    private const double GoalMilliseconds = 5;
    private const double GoalMebibytes = 100;
    private const int Keys = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private const string Question = """{"text":"Hello?"}""";
    private const string Held = $$"""{"text":"{{ModelServer.Hold}}"}""";
    private const string Delta = "event: message.delta";

    public string Name => "stream";

    public string Summary => "time that the Portal adds to the model's first token, and memory of 500 open streams";

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var (warmUp, asks, streams, rounds) = options.Quick ? (20, 20, 40, 1) : (300, 500, 500, 5);
        await using var model = await ModelServer.StartAsync(cancellationToken);
        await using var portal = await PortalProcess.StartAsync(Settings(model), cancellationToken);
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        var keys = await PortalPages.GenerateAsync(portal, Keys, cancellationToken);

        var (through, direct) = (new List<double>(), new List<double>());
        for (var n = -warmUp; n < asks; n++)
        {
            var withPortal = await AskAsync(client, new Uri(portal.Address, "/api/v1/teammates/me/messages"), keys[(n + warmUp) % Keys], Question, Delta, model, cancellationToken);
            var without = await AskAsync(client, new Uri(model.Endpoint, "/v1/chat/completions"), key: null, """{"stream":true}""", "data:", model, cancellationToken);
            if (n < 0)
                continue;
            through.Add(withPortal);
            direct.Add(without);
        }

        // The first round warms up whatever grows once.
        var added = new List<double>();
        var before = new List<double>();
        for (var round = -1; round < rounds; round++)
        {
            var idle = await portal.SettleAsync(cancellationToken);
            var open = await OpenAsync(client, portal.Address, keys, streams, cancellationToken);
            var busy = await portal.SettleAsync(cancellationToken);
            open.ForEach(one => one.Dispose());

            // Who leaves the stream has not stopped the ask; the model ends those it held.
            model.Release();
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            if (round < 0)
                continue;
            added.Add((busy - idle) / 1024.0 / 1024);
            before.Add(idle / 1024.0 / 1024);
        }

        return
        [
            new Series(through).AtMost("model's first token, from the model to the Portal's client", GoalMilliseconds, "0.00 ms"),
            new Series(direct).LessIsBetter("the same without the Portal between", "0.00 ms"),
            new Series(through.Zip(direct, (one, other) => one - other)).LessIsBetter("difference", "0.00 ms"),
            Percentile("model's first token through the Portal, 95th percentile", through, 0.95),
            new Series(added).AtMost($"memory of {streams.ToString(CultureInfo.InvariantCulture)} open streams", GoalMebibytes, "0.0 MiB"),
            new Series(before).LessIsBetter("memory of the Portal without them", "0.0 MiB"),
        ];
    }

    private static Dictionary<string, string> Settings(ModelServer model) => new(PortalProcess.HighKeyLimits, StringComparer.Ordinal)
    {
        ["Model:Endpoint"] = model.Endpoint.ToString(),
        ["Model:Name"] = "bakery-1",

        // High enough never to be reached; the limits work all the same.
        ["RateLimits:Work:PerMinute"] = "10000",
        ["RateLimits:Work:AtOnce"] = "1000",
        ["RateLimits:Work:PerDay"] = "1000000",
    };

    private static async Task<double> AskAsync(
        HttpMessageInvoker client, Uri address, string? key, string json, string first, ModelServer model, CancellationToken cancellationToken)
    {
        using var stream = await OpenStream.OpenAsync(client, address, key, json, cancellationToken);
        var arrived = await stream.UntilAsync(first, cancellationToken);
        var taken = Stopwatch.GetElapsedTime(model.SentAt, arrived).TotalMilliseconds;
        await stream.EndAsync(cancellationToken);
        return taken;
    }

    // Half are asks that the model holds in mid-answer, half read events.
    private static async Task<List<OpenStream>> OpenAsync(HttpMessageInvoker client, Uri portal, string[] keys, int count, CancellationToken cancellationToken)
    {
        var open = new List<OpenStream>();
        for (var n = 0; n < count; n++)
        {
            var asks = n % 2 == 0;
            var path = asks ? "/api/v1/teammates/me/messages" : "/api/v1/teammates/me/events";
            var stream = await OpenStream.OpenAsync(client, new Uri(portal, path), keys[n / 2 % Keys], asks ? Held : null, cancellationToken);
            open.Add(stream);
            await stream.UntilAsync(asks ? Delta : ": open", cancellationToken);
        }

        return open;
    }

    private static Verdict Percentile(string figure, List<double> values, double share) =>
        new(figure, "", "", values.Order().ElementAt((int)(values.Count * share)).ToString("0.00 ms", CultureInfo.InvariantCulture), values.Count, null);
}
