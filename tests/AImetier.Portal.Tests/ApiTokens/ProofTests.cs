using System.Net;
using System.Security.Cryptography;
using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

/// <summary>What a proof costs, and whom a wrong secret can hurt.</summary>
public sealed class ProofTests(PortalHost portal) : IClassFixture<PortalHost>, IAsyncLifetime
{
    private TokenHashingGate Gate => portal.Services.GetRequiredService<TokenHashingGate>();

    public Task InitializeAsync()
    {
        portal.With("RateLimits:PerKey:RefusalsPerMinute", "1000000").With("RateLimits:PerKey:Burst", "1000000").With("RateLimits:PerKey:PermitsPerSecond", "100000");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_new_key_is_warm_and_a_wrong_secret_for_it_costs_no_hashing()
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        var runs = Gate.Runs;
        for (var i = 0; i < 50; i++)
        {
            using var wrong = await client.CallAsync(key.WithWrongSecret());
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            using var good = await client.CallAsync(key.Text);
            good.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        Gate.Runs.ShouldBe(runs);
    }

    [Fact]
    public async Task A_cold_key_is_proved_once_for_many_callers()
    {
        var key = await portal.GenerateAsync();
        portal.ForgetProofs();
        using var client = portal.Client();
        var runs = Gate.Runs;
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.CallAsync(key.Text)));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        Gate.Runs.ShouldBe(runs + 1);
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task Wrong_secrets_for_a_cold_key_cost_no_more_hashing_than_their_budget_and_a_warm_key_stays_good()
    {
        var warm = await portal.GenerateAsync();
        var cold = await portal.GenerateAsync(warm.TeammateId);
        portal.ForgetProofs();
        using var client = portal.Client();
        using (var answer = await client.CallAsync(warm.Text))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        var runs = Gate.Runs;
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 30; i++)
        {
            using var wrong = await client.CallAsync(cold.WithWrongSecret());
            statuses.Add(wrong.StatusCode);
            if (wrong.StatusCode == HttpStatusCode.ServiceUnavailable)
                wrong.Headers.RetryAfter.ShouldNotBeNull();
            using var good = await client.CallAsync(warm.Text);
            good.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (Gate.Runs - runs).ShouldBe(GuessBudget.PerMinute);
        statuses.Count(status => status == HttpStatusCode.Unauthorized).ShouldBe(GuessBudget.PerMinute);
        statuses.Count(status => status == HttpStatusCode.ServiceUnavailable).ShouldBe(30 - GuessBudget.PerMinute);

        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        using var afterwards = await client.CallAsync(cold.Text);
        afterwards.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_made_at_another_cost_is_hashed_anew_at_its_next_proof()
    {
        var key = await portal.GenerateAsync();
        var costly = new AImetier.Portal.Security.Argon2Hasher(Microsoft.Extensions.Options.Options.Create(new AImetier.Portal.Security.Argon2Options { MemoryKib = 9216, Passes = 4 }));
        var old = await costly.HashAsync(key.Secret);
        await SetHashAsync(key, old);
        portal.ForgetProofs();
        using var client = portal.Client();
        using (var answer = await client.CallAsync(key.Text))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await HashAsync(key)).ShouldStartWith("$argon2id$v=19$m=7168,t=5,p=1$");
        var runs = Gate.Runs;
        using (var answer = await client.CallAsync(key.Text))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Gate.Runs.ShouldBe(runs);
    }

    [Fact]
    public async Task A_remembered_proof_is_worth_nothing_once_the_stored_hash_is_another()
    {
        var key = await portal.GenerateAsync();
        var foreign = await portal.GenerateAsync(key.TeammateId);
        await SetHashAsync(key, (await HashAsync(foreign))!);
        using var client = portal.Client();
        using var answer = await client.CallAsync(key.Text);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var twin = await client.CallAsync(foreign.Text);
        twin.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stored_hash_with_an_absurd_cost_is_refused_without_being_run()
    {
        var key = await portal.GenerateAsync();
        var stored = (await HashAsync(key))!;
        await SetHashAsync(key, stored.Replace("m=7168", "m=8", StringComparison.Ordinal));
        using var client = portal.Client();
        using var answer = await client.CallAsync(key.Text);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await SetHashAsync(key, stored);
        using var twin = await client.CallAsync(key.Text);
        twin.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_proof_that_is_under_way_counts_for_the_hash_it_is_made_against()
    {
        var (key, other) = (await portal.GenerateAsync(), await portal.GenerateAsync());
        var (hash, otherHash) = ((await HashAsync(key))!, (await HashAsync(other))!);
        var prover = portal.Services.GetRequiredService<TokenProver>();
        var runs = Gate.Runs;
        var mac = new byte[32];
        var proofs = new[] { hash, otherHash, hash }.Select(against => prover.ProveAsync(key.Id, against, key.Secret, mac, "192.0.2.9", CancellationToken.None)).ToList();
        (await Task.WhenAll(proofs)).ShouldBe([true, false, true]);
        Gate.Runs.ShouldBe(runs + 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_proof_made_meanwhile_by_another_call_spares_the_hashing_and_not_the_second_look_at_the_row(bool revoked)
    {
        var key = await portal.GenerateAsync();
        var row = portal.Services.GetRequiredService<TokenRowReader>().Read(key.Id, known: null)!;
        var (check, goOn) = await HeldBeforeItsProofAsync(key.WithWrongSecret());

        // The other call says of a wrong secret that it is right, so that it shows whether the check goes by it or hashes itself.
        Remember(row, check.Text);
        if (revoked)
            await RevokeElsewhereAsync(key);
        var runs = Gate.Runs;
        goOn();
        var answer = await check.Answer;
        Gate.Runs.ShouldBe(runs);
        if (revoked)
            answer.ShouldBe(new TokenCheck.Refused(RefusalReason.Revoked));
        else
            answer.ShouldBeOfType<TokenCheck.Accepted>().Principal.TokenId.ShouldBe(key.Id);
    }

    [Fact]
    public void The_cache_stays_bounded()
    {
        using var cache = new VerifiedTokenCache(most: 100);
        for (var i = 0; i < 1_000; i++)
            cache.Remember(Row($"id-{i}"), new byte[32]);
        Enumerable.Range(0, 1_000).Count(i => cache.Find($"id-{i}") is not null).ShouldBeLessThanOrEqualTo(100);
        cache.Find("id-999")!.Matches(Row("id-999"), new byte[32]).ShouldBe(true);
    }

    [Fact]
    public void A_proof_counts_for_its_text_and_for_the_hash_it_was_made_against()
    {
        using var cache = new VerifiedTokenCache();
        var (proof, other) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        cache.Remember(Row("id"), proof);
        var known = cache.Find("id")!;
        known.Matches(Row("id") with { Hash = "another" }, proof).ShouldBeNull();
        known.Row.ShouldBe(Row("id"));
        known.Matches(Row("id"), other).ShouldBe(false);
        var used = Row("id") with { Used = true };
        known.Matches(used, proof).ShouldBe(true);
        known.Row.ShouldBeSameAs(used);
    }

    // Where a check happens to be made in company, it is not held, and another is begun.
    private async Task<((string Text, Task<TokenCheck> Answer) Check, Action GoOn)> HeldBeforeItsProofAsync(string text)
    {
        while (true)
        {
            portal.ForgetProofs();
            var held = new HeldContext();
            var before = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(held);
            var answer = portal.Services.GetRequiredService<TokenVerifier>().VerifyAsync(text, "192.0.2.9", CancellationToken.None).AsTask();
            SynchronizationContext.SetSynchronizationContext(before);
            if (held.Close() is { } goOn)
                return ((text, answer), goOn);
            (await answer).ShouldBeOfType<TokenCheck.Refused>();

            // Each costs one of the guesses that a key has in a minute.
            portal.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    // In the database alone, as another process does it: the proof stays.
    private Task<int> RevokeElsewhereAsync(TestKey key) => portal.InScopeAsync(
        services => services.GetRequiredService<PortalDbContext>().Set<ApiToken>().Where(token => token.Id == key.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAt, portal.Clock.GetUtcNow()).SetProperty(token => token.Hash, (string?)null)),
        key.WorkspaceId);

    private void Remember(TokenRow row, string text)
    {
        var proofs = portal.Services.GetRequiredService<VerifiedTokenCache>();
        var mac = new byte[32];
        proofs.Mac(text, mac);
        proofs.Remember(row, mac);
    }

    private static TokenRow Row(string id) => new("hash", Revoked: false, TeammateRemoved: false, Used: false, new TokenPrincipal(id, "Website", "tm_test", "Léa", "ws_test"));

    private Task<string?> HashAsync(TestKey key) => portal.InScopeAsync(
        services => services.GetRequiredService<PortalDbContext>().Set<ApiToken>().Where(token => token.Id == key.Id).Select(token => token.Hash).SingleAsync(), key.WorkspaceId);

    private Task<int> SetHashAsync(TestKey key, string hash) => portal.InScopeAsync(
        services => services.GetRequiredService<PortalDbContext>().Set<ApiToken>().Where(token => token.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(token => token.Hash, hash)),
        key.WorkspaceId);

    // Keeps what the thread that made it would do next, until it is closed: a thread of the pool, it may do anything afterwards. What others do goes on.
    private sealed class HeldContext : SynchronizationContext
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private Action? _held;
        private bool _closed;

        public Action? Close()
        {
            _closed = true;
            return _held;
        }

        public override void Post(SendOrPostCallback d, object? state)
        {
            if (!_closed && Environment.CurrentManagedThreadId == _thread)
                _held = () => d(state);
            else
                base.Post(d, state);
        }
    }
}
