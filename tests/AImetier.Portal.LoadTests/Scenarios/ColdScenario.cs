using System.Diagnostics;
using AImetier.Portal.LoadTests.Driving;
using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.LoadTests.Reporting;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>What keys in use feel when, after a restart, many others come at once and each has to be proved with Argon2id.</summary>
internal sealed class ColdScenario : IScenario
{
    private const double Goal = 0.01;
    private const int Warm = 8;

    // Fewer than the queue of the gate takes, so that none is turned away.
    private const int Cold = 60;
    private const string Path = "/api/twins/action/withkey";
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);

    public string Name => "cold";

    public string Summary => "keys in use while 60 others, all at once after a restart, are proved with Argon2id";

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var warmUp = TimeSpan.FromSeconds(options.Quick ? 1 : 15);
        var quietTime = TimeSpan.FromSeconds(options.Quick ? 1 : 8);
        List<double> quiet = [], beside = [], longest = [], proofs = [], share = [];
        var portal = await PortalProcess.StartAsync(PortalProcess.HighKeyLimits, cancellationToken);
        try
        {
            var keys = await PortalPages.GenerateAsync(portal, Warm + Cold, cancellationToken);
            for (var round = 0; round < (options.Quick ? 1 : 5); round++)
            {
                portal = await portal.KillAndStartAsync(PortalProcess.HighKeyLimits, cancellationToken);
                using (var loop = await ClosedLoop.OpenAsync(portal, Path, keys[..Warm], Warm, cancellationToken))
                    await loop.RunAsync(warmUp, cancellationToken);
                quiet.Add(Percentile99(await CallAsync(portal, keys[..Warm], Task.Delay(quietTime, TimeProvider.System, cancellationToken), cancellationToken)));

                var began = Stopwatch.GetTimestamp();
                var proving = Task.WhenAll(keys[Warm..].Select(key => CallOnceAsync(portal, key, cancellationToken)));
                var answers = await CallAsync(portal, keys[..Warm], proving, cancellationToken);
                await proving;
                proofs.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                beside.Add(Percentile99(answers));
                longest.Add(answers.Max());
                share.Add(longest[^1] / proofs[^1]);
            }
        }
        finally
        {
            await portal.DisposeAsync();
        }

        return
        [
            new Series(share).AtMost("longest wait of a warm key ÷ time in which 60 keys are proved", Goal, "0.000"),
            new Series(longest).LessIsBetter("longest wait of a warm key beside them, ms", "0.0"),
            new Series(beside).LessIsBetter("99 % of its answers come within, ms", "0.0"),
            new Series(quiet).LessIsBetter("the same without them, ms", "0.0"),
            new Series(proofs).LessIsBetter("time in which 60 keys are proved, ms", "#,0"),
        ];
    }

    private static async Task CallOnceAsync(PortalProcess portal, string key, CancellationToken cancellationToken)
    {
        using var connection = await Connection.OpenAsync(portal.Address, Path, key, cancellationToken);
        await connection.SendAsync(cancellationToken);
    }

    // A call of every key at each beat, or when its last answer has come; milliseconds from sending to the answer.
    private static async Task<List<double>> CallAsync(PortalProcess portal, IEnumerable<string> keys, Task until, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(keys.Select(async key =>
        {
            var times = new List<double>();
            using var connection = await Connection.OpenAsync(portal.Address, Path, key, cancellationToken);
            using var beat = new PeriodicTimer(Pace);
            do
            {
                var began = Stopwatch.GetTimestamp();
                await connection.SendAsync(cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                await beat.WaitForNextTickAsync(cancellationToken);
            }
            while (!until.IsCompleted);
            return times;
        }));
        return [.. answers.SelectMany(times => times)];
    }

    private static double Percentile99(List<double> times) => times.Order().ElementAt((int)(times.Count * 0.99));
}
