using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Security;

public sealed class HashingGateTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task It_lets_few_run_at_once_and_the_next_when_one_leaves()
    {
        var gate = new HashingGate(parallel: 1, longestQueue: 4);
        var first = await gate.EnterAsync("a", CancellationToken.None);
        var second = gate.EnterAsync("a", CancellationToken.None);
        second.IsCompleted.ShouldBeFalse();
        first!.Dispose();
        (await second).ShouldNotBeNull();
        gate.Runs.ShouldBe(2);
    }

    [Fact]
    public async Task A_full_queue_turns_away_its_own_source_but_makes_room_for_another()
    {
        var gate = new HashingGate(parallel: 1, longestQueue: 3);
        var running = await gate.EnterAsync("attacker", CancellationToken.None);
        var waiting = Enumerable.Range(0, 3).Select(_ => gate.EnterAsync("attacker", CancellationToken.None)).ToList();
        (await gate.EnterAsync("attacker", CancellationToken.None)).ShouldBeNull();

        var good = gate.EnterAsync("friend", CancellationToken.None);
        (await waiting[2]).ShouldBeNull();
        running!.Dispose();
        (await waiting[0])!.Dispose();
        (await good).ShouldNotBeNull();
    }

    [Fact]
    public async Task Sources_are_served_in_turn()
    {
        var gate = new HashingGate(parallel: 1, longestQueue: 10);
        var running = await gate.EnterAsync("a", CancellationToken.None);
        var a = Enumerable.Range(0, 3).Select(_ => gate.EnterAsync("a", CancellationToken.None)).ToList();
        var b = gate.EnterAsync("b", CancellationToken.None);
        running!.Dispose();
        (await a[0])!.Dispose();
        var pass = await b;
        pass.ShouldNotBeNull();
        a[1].IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_waiter_that_leaves_gives_its_turn_to_the_next()
    {
        var gate = new HashingGate(parallel: 1, longestQueue: 10);
        var running = await gate.EnterAsync("a", CancellationToken.None);
        using var leaving = new CancellationTokenSource();
        var left = gate.EnterAsync("a", leaving.Token);
        var next = gate.EnterAsync("a", CancellationToken.None);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left);
        running!.Dispose();
        (await next).ShouldNotBeNull();
    }

    [Fact]
    public void The_pool_keeps_a_thread_for_each_core_beside_those_that_hash()
    {
        portal.Client().Dispose();
        ThreadPool.GetMinThreads(out var workers, out _);
        workers.ShouldBeGreaterThanOrEqualTo(Environment.ProcessorCount + TokenHashingGate.Parallel + PasswordHashing.Parallel);
    }
}
