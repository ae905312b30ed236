using System.Runtime.InteropServices;
using AImetier.Portal.LoadTests;
using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.LoadTests.Reporting;
using AImetier.Portal.LoadTests.Scenarios;

const int Failed = 1;
const int NotUnderstood = 2;
IScenario[] scenarios =
[
    new VerifyScenario(), new ColdScenario(), new CheckScenario(), new KeysScenario(), new ApprovalsScenario(), new StreamScenario(), new SendKillsScenario(), new WaitingScenario(), new McpScenario(),
    new WebhooksScenario(), new WebhookKillsScenario(),
];

if (args is [TwinHost.Verb])
    return await TwinHost.RunAsync();
if (RunOptions.Parse(args) is not { } options || Array.Find(scenarios, one => one.Name == options.Scenario) is not { } scenario)
{
    await Console.Out.WriteLineAsync($"Usage: dotnet run -c Release --project tests/AImetier.Portal.LoadTests -- <scenario> {RunOptions.Usage}");
    foreach (var one in scenarios)
        await Console.Out.WriteLineAsync($"  {one.Name,-13} {one.Summary}");
    return args.Length == 0 ? 0 : NotUnderstood;
}

if (scenario.Pinned && await Cores.RunPinnedAsync(args) is { } code)
    return code;

using var stop = new CancellationTokenSource(options.Quick ? TimeSpan.FromMinutes(2) : scenario.Longest);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    await Console.Out.WriteLineAsync($"{scenario.Name}: {scenario.Summary}\n{Machine.Describe()}\n");
    var verdicts = await scenario.RunAsync(options, stop.Token);
    await Console.Out.WriteLineAsync(VerdictTable.Of(verdicts, judged: !options.Quick));
    return options.Quick || verdicts.All(verdict => verdict.Met != false) ? 0 : Failed;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Stopped before the end: interrupted, or over the time limit.");
    return Failed;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
