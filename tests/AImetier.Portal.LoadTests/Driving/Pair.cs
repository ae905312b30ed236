using System.Diagnostics;
using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.LoadTests.Reporting;

namespace AImetier.Portal.LoadTests.Driving;

/// <summary>One thing, done by turns on a small database and a large one, in processor time: a busy neighbor on the machine is not measured.</summary>
/// <param name="title">What is done.</param>
/// <param name="on">Makes it ready on a database.</param>
internal sealed class Pair(string title, Func<InProcessPortal, Func<Task>> on)
{
    private const string Times = "0.00×";
    private const string Micro = "0.00 µs";
    private readonly List<(double Small, double Large)> _rounds = [];
    private Func<Task> _small = () => Task.CompletedTask;
    private Func<Task> _large = () => Task.CompletedTask;

    /// <summary>Measures several pairs, a burst of each at a time, the smaller database first in every other round.</summary>
    public static async Task MeasureAsync(IReadOnlyList<Pair> pairs, InProcessPortal small, InProcessPortal large, RunOptions options, CancellationToken cancellationToken)
    {
        var rounds = options.Quick ? 2 : 15;
        var burst = TimeSpan.FromMilliseconds(options.Quick ? 50 : 300);
        foreach (var pair in pairs)
            await pair.PrepareAsync(small, large, TimeSpan.FromSeconds(options.Quick ? 0.1 : 4));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var pair in pairs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await pair.MeasureAsync(burst, smallFirst: round % 2 == 0);
            }
        }
    }

    /// <summary>The figures.</summary>
    /// <param name="large">Size of the large database, in words.</param>
    /// <param name="small">Size of the small one.</param>
    /// <param name="goal">The most that the large may cost, in times of the small; or null.</param>
    public IEnumerable<Verdict> Verdicts(string large, string small, double? goal)
    {
        var ratio = new Series(_rounds.Select(round => round.Large / round.Small));
        var figure = $"{title}: {large} ÷ {small}";
        yield return goal is { } most ? ratio.AtMost(figure, most, Times) : ratio.LessIsBetter(figure, Times);
        yield return new Series(_rounds.Select(round => round.Large)).LessIsBetter($"{title}: processor time at {large}", Micro);
    }

    private async Task PrepareAsync(InProcessPortal small, InProcessPortal large, TimeSpan warmUp)
    {
        (_small, _large) = (on(small), on(large));
        await MicrosecondsAsync(_small, warmUp);
        await MicrosecondsAsync(_large, warmUp);
    }

    private async Task MeasureAsync(TimeSpan burst, bool smallFirst)
    {
        var first = await MicrosecondsAsync(smallFirst ? _small : _large, burst);
        var second = await MicrosecondsAsync(smallFirst ? _large : _small, burst);
        _rounds.Add(smallFirst ? (first, second) : (second, first));
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
