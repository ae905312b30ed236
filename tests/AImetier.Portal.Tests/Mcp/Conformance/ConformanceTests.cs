using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>
/// The conformance suite of the protocol, with a proxy that adds the key. What a server without sessions cannot pass stands in
/// docs/decisions/0038; nothing else may fail.
/// </summary>
public sealed class ConformanceTests
{
    // These ask the client in the middle of a call, or remember a level of logging between calls.
    private static readonly string[] NeedSessions =
        ["tools-call-with-logging", "tools-call-sampling", "tools-call-elicitation", "elicitation-sep1034-defaults", "elicitation-sep1330-enums"];

    // What the suite only advises: streams that can be resumed, which need sessions too; and an address in an error that the SDK writes without it.
    private static readonly string[] NotAdvised =
        ["server-sse-polling-session", "server-sse-priming-event", "server-sse-retry-field", "server-sse-disconnect-resume", "server-sse-multiple-streams-session", "sep-2164-data-uri"];

    [Theory]
    [InlineData(ConformanceSuite.Released, null, "server-initialize", "logging-set-level", "ping", "tools-list", "dns-rebinding-protection")]
    [InlineData(ConformanceSuite.Next, "2025-11-25", "server-initialize", "server-session-lifecycle", "logging-set-level", "ping", "tools-list", "dns-rebinding-protection")]
    [InlineData(
        ConformanceSuite.Next, "2026-07-28", "tools-list", "server-sse-multiple-streams", "dns-rebinding-protection", "http-header-validation",
        "input-required-result-unsupported-methods")]
    public async Task The_product_passes_every_scenario_that_is_about_what_it_has(string suite, string? revision, params string[] scenarios)
    {
        await using var portal = new PortalHost();
        var checks = await RunAsync(portal, suite, revision);
        foreach (var scenario in scenarios)
        {
            checks[scenario].ShouldNotBeEmpty(scenario);
            checks[scenario].Where(check => check.Failed || check.Warned).ShouldBeEmpty();
        }

        // These are about the product too, but for what they want of prompts, resources and tools made for them.
        checks["server-stateless"].Where(check => check.Failed).ShouldAllBe(check => check.Message!.StartsWith("Not testable: server does not list the diagnostic tool"));
        checks["caching"].Where(check => check.Failed).ShouldAllBe(check => check.Message!.StartsWith("prompts/") || check.Message.StartsWith("resources/"));
    }

    [Theory]
    [InlineData(ConformanceSuite.Released, null)]
    [InlineData(ConformanceSuite.Next, "2025-06-18")]
    [InlineData(ConformanceSuite.Next, "2025-11-25")]
    [InlineData(ConformanceSuite.Next, "2026-07-28")]
    public async Task With_what_the_suite_wants_to_find_the_same_pipeline_passes_all_but_what_needs_sessions(string suite, string? revision)
    {
        await using var portal = new FixturePortal();
        var checks = await RunAsync(portal, suite, revision);
        var failed = checks.SelectMany(scenario => scenario).Where(check => check.Failed).ToList();
        failed.Where(check => !NeedSessions.Contains(check.Scenario, StringComparer.Ordinal)).ShouldBeEmpty();
        checks.SelectMany(scenario => scenario).Where(check => check.Warned).Select(check => check.Id).Except(NotAdvised, StringComparer.Ordinal).ShouldBeEmpty();
        failed.Count.ShouldBe(revision switch { "2026-07-28" => 0, "2025-06-18" => 3, _ => 5 });
    }

    [Theory]
    [InlineData(ConformanceSuite.Released, null)]
    [InlineData(ConformanceSuite.Next, "2025-11-25")]
    public async Task With_sessions_the_same_pipeline_passes_that_too(string suite, string? revision)
    {
        await using var portal = new FixturePortalWithSessions();
        var checks = await RunAsync(portal, suite, revision);
        foreach (var scenario in NeedSessions)
        {
            checks[scenario].ShouldNotBeEmpty(scenario);
            checks[scenario].Where(check => check.Failed).ShouldBeEmpty();
        }
    }

    private static async Task<ILookup<string, Check>> RunAsync(PortalHost portal, string suite, string? revision)
    {
        portal.With("RateLimits:PerKey:Burst", "100000").With("RateLimits:PerKey:PermitsPerSecond", "10000");
        var key = await portal.GenerateAsync();
        await using var proxy = await BearerProxy.StartAsync(portal.Address, key.Text);
        return await ConformanceSuite.RunAsync(suite, revision, proxy.Address);
    }
}
