using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.LoadTests.Reporting;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>What one check of a key costs, step by step, beside two slower ways of doing it.</summary>
internal sealed class CheckScenario : IScenario
{
    private const int Keys = 1_000;
    private const double MostMicroseconds = 6;
    private const double MostBytes = 1024;
    private const double LeastRatio = 2.5;
    private const string Micro = "0.00 µs";
    private const string Bytes = "#,0 B";
    private const string Times = "0.0×";

    public string Name => "check";

    public string Summary => "one check of a warm key, its steps, and two slower ways (BenchmarkDotNet)";

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        await using var portal = await InProcessPortal.CreateAsync(Keys, cancellationToken);
        CheckBenchmarks.Portal = portal;
        var artifacts = Directory.CreateTempSubdirectory("portal-load-");
        try
        {
            var summary = BenchmarkRunner.Run<CheckBenchmarks>(Configuration(options.Quick, artifacts.FullName));
            if (summary.HasCriticalValidationErrors || summary.Reports.Length == 0 || summary.Reports.Any(report => report.ResultStatistics is null))
                throw new InvalidOperationException("A benchmark failed: " + string.Join(" ", summary.ValidationErrors.Select(error => error.Message)));
            return [.. Verdicts(summary.Reports.ToDictionary(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name, StringComparer.Ordinal))];
        }
        finally
        {
            CheckBenchmarks.Portal = null;
            artifacts.Delete(recursive: true);
        }
    }

    private static ManualConfig Configuration(bool quick, string artifacts) => new ManualConfig()
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithClock(new ProcessorClock())
            .WithWarmupCount(quick ? 1 : 25)
            .WithIterationCount(quick ? 3 : 11)
            .WithIterationTime(TimeInterval.FromMilliseconds(quick ? 50 : 200)))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddLogger(NullLogger.Instance)
        .WithArtifactsPath(artifacts)
        .WithOptions(ConfigOptions.DisableLogFile);

    private static IEnumerable<Verdict> Verdicts(Dictionary<string, BenchmarkReport> reports)
    {
        yield return Time(nameof(CheckBenchmarks.Check)).AtMost("check of a warm key: processor time", MostMicroseconds, Micro);
        yield return Allocated(nameof(CheckBenchmarks.Check)).AtMost("check of a warm key: allocation", MostBytes, Bytes);
        yield return Time(nameof(CheckBenchmarks.CheckAndStamp)).LessIsBetter("the same, and its use noted: processor time", Micro);
        yield return Ratio(nameof(CheckBenchmarks.CheckByCompiledQuery), nameof(CheckBenchmarks.Check)).AtLeast("an EF compiled query per request ÷ check", LeastRatio, Times);
        yield return Ratio(nameof(CheckBenchmarks.CheckAndUpdate), nameof(CheckBenchmarks.CheckAndStamp)).AtLeast("an UPDATE per request ÷ check and note", LeastRatio, Times);
        yield return Allocated(nameof(CheckBenchmarks.ParseAccept)).AtMost("form of a good key: allocation", 0, Bytes);
        yield return Allocated(nameof(CheckBenchmarks.ParseReject)).AtMost("form of a mistyped key: allocation", 0, Bytes);
        yield return Time(nameof(CheckBenchmarks.ParseAccept)).LessIsBetter("form of a good key: processor time", Micro);
        yield return Time(nameof(CheckBenchmarks.ParseReject)).LessIsBetter("form of a mistyped key: processor time", Micro);
        yield return Time(nameof(CheckBenchmarks.Proof)).LessIsBetter("proof from the cache: processor time", Micro);
        yield return Time(nameof(CheckBenchmarks.Row)).LessIsBetter("row from the database: processor time", Micro);
        yield return Allocated(nameof(CheckBenchmarks.Row)).LessIsBetter("row from the database: allocation", Bytes);
        yield return Time(nameof(CheckBenchmarks.CheckByCompiledQuery)).LessIsBetter("with an EF compiled query: processor time", Micro);
        yield return Time(nameof(CheckBenchmarks.CheckAndUpdate)).LessIsBetter("with an UPDATE per request: processor time", Micro);

        Series Time(string method) => new(reports[method].ResultStatistics!.OriginalValues.Select(nanoseconds => nanoseconds / 1_000));
        Series Allocated(string method) => new([reports[method].GcStats.GetBytesAllocatedPerOperation(reports[method].BenchmarkCase)!.Value]);
        Series Ratio(string slower, string method) =>
            new(reports[slower].ResultStatistics!.OriginalValues.Order().Zip(reports[method].ResultStatistics!.OriginalValues.Order(), (slow, fast) => slow / fast));
    }
}
