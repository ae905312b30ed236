using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

public sealed class LastUsedTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private LastUsedStamper Stamper => portal.Services.GetRequiredService<LastUsedStamper>();

    [Fact]
    public async Task The_first_use_is_there_when_its_answer_is_and_is_logged_once()
    {
        var key = await portal.GenerateAsync();
        (await FindAsync(key)).LastUsedAt.ShouldBeNull();
        using var client = portal.Client();
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.CallAsync(key.Text))))
            answer.Dispose();
        (await FindAsync(key)).LastUsedAt.ShouldBe(portal.Clock.GetUtcNow());
        var lines = await portal.InScopeAsync(
            services => services.GetRequiredService<PortalDbContext>().Set<ActivityEntry>().CountAsync(entry => entry.SubjectId == key.Id && entry.Action == ActivityAction.TokenFirstUsed),
            key.WorkspaceId);
        lines.ShouldBe(1);
    }

    [Fact]
    public async Task Later_uses_are_gathered_counted_by_the_hour_and_summed_over_a_day()
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        for (var i = 0; i < 3; i++)
            (await client.CallAsync(key.Text)).Dispose();
        portal.Clock.Advance(TimeSpan.FromHours(2));
        (await client.CallAsync(key.Text, "/api/v1/nothing")).Dispose();
        Stamper.Flush();
        var used = await FindAsync(key);
        used.LastUsedAt.ShouldBe(portal.Clock.GetUtcNow());
        used.RecentCalls.ShouldBe(4);

        portal.Clock.Advance(TimeSpan.FromHours(23));
        (await FindAsync(key)).RecentCalls.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_call_is_no_use()
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        (await client.CallAsync(key.WithWrongSecret())).Dispose();
        Stamper.Flush();
        (await FindAsync(key)).LastUsedAt.ShouldBeNull();
        (await client.CallAsync(key.Text)).Dispose();
        (await FindAsync(key)).LastUsedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_stamp_never_goes_backwards()
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        (await client.CallAsync(key.Text)).Dispose();
        var later = portal.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        await portal.InScopeAsync(
            services => services.GetRequiredService<PortalDbContext>().Set<ApiToken>().Where(token => token.Id == key.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(token => token.LastUsedAt, later)),
            key.WorkspaceId);
        (await client.CallAsync(key.Text)).Dispose();
        Stamper.Flush();
        (await FindAsync(key)).LastUsedAt.ShouldBe(later);
    }

    [Fact]
    public async Task What_could_not_be_written_is_kept()
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        (await client.CallAsync(key.Text)).Dispose();
        Stamper.Flush();
        (await client.CallAsync(key.Text)).Dispose();
        await using (var blocker = portal.Services.GetRequiredService<DatabaseConnection>().Open())
        {
            await using var held = await blocker.BeginTransactionAsync();
            Should.Throw<Microsoft.Data.Sqlite.SqliteException>(Stamper.Flush);
        }

        Stamper.Flush();
        (await FindAsync(key)).RecentCalls.ShouldBe(2);
    }

    private async Task<TokenSummary> FindAsync(TestKey key) =>
        (await portal.WithTokensAsync(key.WorkspaceId, (tokens, _) => tokens.FindAsync(key.Id, CancellationToken.None)))!;
}
