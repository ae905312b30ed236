using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.LoadTests.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>Whether many keys slow the Portal down: the check of a key and the first page of the list, beside the same with a thousand keys.</summary>
internal sealed class KeysScenario : IScenario
{
    private const int Few = 1_000;
    private const double Goal = 1.5;
    private const string Times = "0.00×";
    private const string Micro = "0.00 µs";

    public string Name => "keys";

    public string Summary => "check of a key and first page of the list at --keys (100,000) ÷ at 1,000";

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var rounds = options.Quick ? 2 : 15;
        var burst = TimeSpan.FromMilliseconds(options.Quick ? 50 : 300);
        var many = options.Quick ? Math.Min(options.Keys, 20_000) : options.Keys;
        await using var small = await InProcessPortal.CreateAsync(Few, cancellationToken);
        await using var large = await InProcessPortal.CreateAsync(many, cancellationToken);

        // As many keys in use in both, spread over all there are; then half of what the proof cache can hold.
        var inUse = new Step("check, 1,000 keys in use", one => Checks(one, Sample(one.Keys, Few)));
        var all = new Step("check, up to 50,000 keys in use", one => Checks(one, Sample(one.Keys, 50_000)));
        var page = new Step("first page of the list", Page);
        var steps = (Step[])[inUse, all, page];
        foreach (var step in steps)
            await step.PrepareAsync(small, large, options.Quick ? TimeSpan.FromSeconds(0.1) : TimeSpan.FromSeconds(4));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var step in steps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await step.MeasureAsync(burst, smallFirst: round % 2 == 0);
            }
        }

        var label = many.ToString("#,0", CultureInfo.InvariantCulture);
        return [.. inUse.Verdicts(label, Goal), .. all.Verdicts(label, goal: null), .. page.Verdicts(label, Goal)];
    }

    private static string[] Sample(IReadOnlyList<string> keys, int count)
    {
        var shuffled = keys.ToArray();
        RandomNumberGenerator.Shuffle<string>(shuffled);
        return shuffled[..Math.Min(count, shuffled.Length)];
    }

    private static Func<Task> Checks(InProcessPortal portal, string[] keys)
    {
        var verifier = portal.Services.GetRequiredService<TokenVerifier>();
        portal.Services.GetRequiredService<VerifiedTokenCache>().Prove(KeyRows.HashOf(portal.Services.GetRequiredService<Data.DatabaseConnection>(), TokenFormat.IdOf(keys[0]).ToString()), keys);
        var next = 0;
        return async () =>
        {
            next = next + 1 == keys.Length ? 0 : next + 1;
            if (await verifier.VerifyAsync(keys[next], "127.0.0.1", CancellationToken.None) is not TokenCheck.Accepted)
                throw new InvalidOperationException("A good key was not accepted.");
        };
    }

    private static Func<Task> Page(InProcessPortal portal) => async () =>
    {
        var page = await portal.InScopeAsync(services =>
            services.GetRequiredService<TokenService>().ListActiveAsync(portal.TeammateId, after: null, CancellationToken.None));
        if (page.Tokens.Count != TokenPage.Size)
            throw new InvalidOperationException("The page is not full.");
    };

    /// <summary>One thing, done by turns on the small database and the large.</summary>
    private sealed class Step(string title, Func<InProcessPortal, Func<Task>> on)
    {
        private readonly List<(double Small, double Large)> _rounds = [];
        private Func<Task> _small = () => Task.CompletedTask;
        private Func<Task> _large = () => Task.CompletedTask;

        public async Task PrepareAsync(InProcessPortal small, InProcessPortal large, TimeSpan warmUp)
        {
            (_small, _large) = (on(small), on(large));
            await MicrosecondsAsync(_small, warmUp);
            await MicrosecondsAsync(_large, warmUp);
        }

        public async Task MeasureAsync(TimeSpan burst, bool smallFirst)
        {
            var first = await MicrosecondsAsync(smallFirst ? _small : _large, burst);
            var second = await MicrosecondsAsync(smallFirst ? _large : _small, burst);
            _rounds.Add(smallFirst ? (first, second) : (second, first));
        }

        public IEnumerable<Verdict> Verdicts(string many, double? goal)
        {
            var ratio = new Series(_rounds.Select(round => round.Large / round.Small));
            var figure = $"{title}: {many} keys ÷ 1,000";
            yield return goal is { } most ? ratio.AtMost(figure, most, Times) : ratio.LessIsBetter(figure, Times);
            yield return new Series(_rounds.Select(round => round.Large)).LessIsBetter($"{title}: processor time at {many}", Micro);
        }

        private static async Task<double> MicrosecondsAsync(Func<Task> act, TimeSpan burst)
        {
            var began = Stopwatch.GetTimestamp();
            var usedBefore = Environment.CpuUsage.TotalTime;
            var times = 0;
            do
            {
                await act();
                times++;
            }
            while (Stopwatch.GetElapsedTime(began) < burst);
            return (Environment.CpuUsage.TotalTime - usedBefore).TotalMicroseconds / times;
        }
    }
}
