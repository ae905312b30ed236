using System.Net;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

public sealed class RevokeTests(PortalHost portal) : IClassFixture<PortalHost>, IAsyncLifetime
{
    private const int Trials = 1_000;

    public Task InitializeAsync()
    {
        portal.With("RateLimits:PerKey:RefusalsPerMinute", "1000000").With("RateLimits:PerKey:Burst", "1000000").With("RateLimits:PerKey:PermitsPerSecond", "100000");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_very_next_call_of_a_revoked_key_is_refused_a_thousand_times_of_a_thousand_while_fifty_clients_loop()
    {
        var teammate = await portal.HireAsync();
        var bystander = await portal.GenerateAsync(teammate);
        using var client = portal.Client();
        using var stop = new CancellationTokenSource();
        var refusedBystanders = 0;
        var loops = Enumerable.Range(0, 50).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var answer = await client.CallAsync(bystander.Text);
                if (answer.StatusCode != HttpStatusCode.OK)
                    Interlocked.Increment(ref refusedBystanders);
            }
        }).ToList();

        // Rows are seeded with a proof in the cache, as Generate leaves them; a thousand Argon2 runs would test nothing more.
        var keys = await SeedWarmAsync(teammate, bystander.WorkspaceId, Trials);
        var accepted = 0;
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (key, _) =>
        {
            using (var before = await client.CallAsync(key.Text))
                before.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await portal.RevokeAsync(key)).ShouldBeTrue();
            using var after = await client.CallAsync(key.Text);
            if (after.StatusCode != HttpStatusCode.Unauthorized)
                Interlocked.Increment(ref accepted);
        });

        await stop.CancelAsync();
        await Task.WhenAll(loops);
        accepted.ShouldBe(0, $"of {Trials}; 95 % bound 3/n = {3.0 / Trials}");
        refusedBystanders.ShouldBe(0);
    }

    [Fact]
    public async Task Revoking_clears_the_hash_and_leaves_activity_and_event()
    {
        var key = await portal.GenerateAsync(name: "CRM sync");
        (await portal.RevokeAsync(key)).ShouldBeTrue();
        await portal.InScopeAsync(
            async services =>
            {
                var db = services.GetRequiredService<PortalDbContext>();
                var row = await db.Set<ApiToken>().SingleAsync(token => token.Id == key.Id);
                row.Hash.ShouldBeNull();
                row.RevokedAt.ShouldBe(portal.Clock.GetUtcNow());
                (await db.Set<ActivityEntry>().Where(entry => entry.SubjectId == key.Id).Select(entry => entry.Action).ToListAsync())
                    .ShouldBe([ActivityAction.TokenCreated, ActivityAction.TokenRevoked]);
                (await db.Set<OutboxEvent>().Where(row => row.TeammateId == key.TeammateId).OrderBy(row => row.Position).Select(row => row.Type).ToListAsync())
                    .ShouldBe(["token.created", "token.revoked"]);
                return true;
            },
            key.WorkspaceId);
    }

    [Fact]
    public async Task Revoking_twice_is_no_error_and_logs_once()
    {
        var key = await portal.GenerateAsync();
        (await portal.RevokeAsync(key)).ShouldBeTrue();
        (await portal.RevokeAsync(key)).ShouldBeTrue();
        var lines = await portal.InScopeAsync(
            services => services.GetRequiredService<PortalDbContext>().Set<ActivityEntry>().CountAsync(entry => entry.SubjectId == key.Id && entry.Action == ActivityAction.TokenRevoked),
            key.WorkspaceId);
        lines.ShouldBe(1);
    }

    [Fact]
    public async Task Another_workspace_cannot_revoke_a_key_and_its_own_can()
    {
        var key = await portal.GenerateAsync();
        var stranger = await portal.AddWorkspaceAsync();
        (await portal.WithTokensAsync(stranger.WorkspaceId, (tokens, actor) => tokens.RevokeAsync(key.Id, actor, CancellationToken.None))).ShouldBeFalse();
        using var client = portal.Client();
        using (var answer = await client.CallAsync(key.Text))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.RevokeAsync(key)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_revokes_itself_and_a_repeat_is_refused()
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        using var first = await client.CallAsync(key.Text, "/api/v1/me/token", HttpMethod.Delete);
        first.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var repeat = await client.CallAsync(key.Text, "/api/v1/me/token", HttpMethod.Delete);
        repeat.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Removing_a_teammate_ends_its_keys_and_no_others()
    {
        var key = await portal.GenerateAsync();
        var other = await portal.GenerateAsync();
        await portal.InScopeAsync(
            async services =>
            {
                var teammates = services.GetRequiredService<Features.Teammates.TeammateService>();
                await teammates.RemoveAsync(key.TeammateId, new Actor(key.WorkspaceId, ActorKind.Person, "usr_test", "Test"), CancellationToken.None);
                return true;
            },
            key.WorkspaceId);
        using var client = portal.Client();
        using var ended = await client.CallAsync(key.Text);
        ended.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var alive = await client.CallAsync(other.Text);
        alive.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_restored_backup_revives_no_key()
    {
        var key = await portal.GenerateAsync();
        await portal.RevokeAsync(key);
        await portal.InScopeAsync(
            async services =>
            {
                // What a backup from before the revocation would say.
                var db = services.GetRequiredService<PortalDbContext>();
                await db.Set<ApiToken>().Where(token => token.Id == key.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAt, (DateTimeOffset?)null).SetProperty(token => token.Hash, "restored"));
                await portal.Services.ReapplyRevocationsAsync(CancellationToken.None);
                var row = await db.Set<ApiToken>().SingleAsync(token => token.Id == key.Id);
                row.RevokedAt.ShouldNotBeNull();
                row.Hash.ShouldBeNull();
                return true;
            },
            key.WorkspaceId);
    }

    [Fact]
    public async Task A_journal_line_cut_short_spoils_no_other()
    {
        var first = await portal.GenerateAsync();
        var second = await portal.GenerateAsync(first.TeammateId);
        await portal.RevokeAsync(first);
        var path = Path.Combine(portal.DataDirectory, "revocations.journal");
        await File.AppendAllTextAsync(path, "abcdef");
        await portal.RevokeAsync(second);
        var lines = await File.ReadAllLinesAsync(path);
        lines.ShouldContain("abcdef");
        lines.ShouldContain(line => line.StartsWith(second.Id + " ", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task<IReadOnlyList<TestKey>> SeedWarmAsync(string teammateId, string workspaceId, int count)
    {
        var cache = portal.Services.GetRequiredService<VerifiedTokenCache>();
        return await portal.InScopeAsync(
            async services =>
            {
                var db = services.GetRequiredService<PortalDbContext>();
                var keys = new List<TestKey>();
                for (var i = 0; i < count; i++)
                {
                    var plain = PlainToken.Generate();
                    var hash = $"warm-{i}";
                    var row = new ApiToken
                    {
                        Id = plain.Id,
                        WorkspaceId = workspaceId,
                        TeammateId = teammateId,
                        Name = $"Trial {i}",
                        FormNonce = EntityId.New("nonce"),
                        CreatedAt = portal.Clock.GetUtcNow(),
                        CreatedById = "usr_test",
                        CreatedByName = "Test",
                    };
                    row.SetHash(hash);
                    db.Add(row);
                    var mac = new byte[32];
                    cache.Mac(plain.Reveal(), mac);
                    cache.Remember(new TokenRow(hash, Revoked: false, TeammateRemoved: false, Used: false, new TokenPrincipal(plain.Id, row.Name, teammateId, "Léa", workspaceId)), mac);
                    keys.Add(new TestKey(plain.Reveal(), teammateId, workspaceId));
                }

                await db.SaveChangesAsync();
                return keys;
            },
            workspaceId);
    }
}
