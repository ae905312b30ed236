using AImetier.Portal.Data;
using AImetier.Portal.Features.Mcp;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Mcp;

/// <summary>Which clients are remembered, and as what.</summary>
public sealed class SeenClientTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_client_is_seen_with_its_name_version_revision_and_times()
    {
        var key = await portal.GenerateAsync();
        var first = portal.Clock.GetUtcNow();
        await portal.RequestAsync(key.Text, "tools/list", clientInfo: new { name = "acme-agent", title = "Acme Agent", version = "1.2" });
        (await RowsAsync(key)).Single().LastSeenAt.ShouldBe(first);
        portal.Clock.Advance(TimeSpan.FromMinutes(3));
        await portal.RequestAsync(key.Text, "tools/list", clientInfo: new { name = "acme-agent", title = "Acme Agent", version = "1.3" });
        var row = (await RowsAsync(key)).Single();
        (row.Name, row.Version, row.Revision).ShouldBe(("Acme Agent", "1.3", McpProbe.Modern));
        (row.FirstSeenAt, row.LastSeenAt).ShouldBe((first, portal.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Older_revisions_name_the_client_once_and_their_calls_count_for_it()
    {
        var key = await portal.GenerateAsync();
        await portal.RequestAsync(key.Text, "initialize", null, McpProbe.Legacy, new { name = "old-agent", version = "9" }, "old-agent/9 (node)");
        await RowsAsync(key);
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await portal.RequestAsync(key.Text, "tools/list", null, McpProbe.Legacy, userAgent: "old-agent/9 (node)");
        var row = (await RowsAsync(key)).Single();
        (row.Name, row.Version, row.Revision, row.LastSeenAt).ShouldBe(("old-agent", "9", McpProbe.Legacy, portal.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_client_without_a_name_is_known_by_its_User_Agent_or_not_at_all()
    {
        var key = await portal.GenerateAsync();
        await portal.RequestAsync(key.Text, "tools/list", null, "2025-06-18", userAgent: "tinytool/2.1 (linux)");
        (await RowsAsync(key)).Select(row => (row.Name, row.Version, row.Revision)).ShouldBe([("tinytool", "2.1", "2025-06-18")]);
        var silent = await portal.GenerateAsync();
        await portal.RequestAsync(silent.Text, "tools/list", null, "2025-06-18");
        (await RowsAsync(silent)).Select(row => row.Name).ShouldBe(["unknown"]);
    }

    [Fact]
    public async Task What_a_client_says_of_itself_is_cleaned_bounded_and_never_a_key()
    {
        var key = await portal.GenerateAsync();
        await portal.RequestAsync(key.Text, "tools/list", clientInfo: new { name = " evil\u202Ename\n\0<b>" + new string('x', 500), version = new string('9', 500) });
        var row = (await RowsAsync(key)).Single();
        row.Name.ShouldStartWith("evilname <b>xxx");
        row.Name.Length.ShouldBe(ClientText.LongestName);
        row.Version!.Length.ShouldBe(ClientText.LongestVersion);

        var leaky = await portal.GenerateAsync();
        await portal.RequestAsync(leaky.Text, "tools/list", clientInfo: new { name = $"agent {leaky.Text}", version = leaky.Text }, userAgent: $"agent/{leaky.Text}");
        (await RowsAsync(leaky)).Select(seen => (seen.Name, seen.Version, seen.UserAgent)).ShouldBe([("unknown", null, "")]);
    }

    [Fact]
    public async Task A_key_keeps_the_clients_it_saw_last_and_no_more_than_twenty()
    {
        var key = await portal.GenerateAsync();
        for (var i = 0; i < SeenClient.MostPerKey + 5; i++)
        {
            portal.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await portal.RequestAsync(key.Text, "tools/list", clientInfo: new { name = $"agent {i:00}", version = "1" });
        }

        (await RowsAsync(key)).Select(row => row.Name).Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(5, SeenClient.MostPerKey).Select(i => $"agent {i:00}"));
    }

    [Fact]
    public async Task The_list_is_of_one_teammate_in_one_workspace_and_says_whose_key_is_revoked()
    {
        var key = await portal.GenerateAsync(name: "CRM sync");
        var other = await portal.GenerateAsync();
        var stranger = await portal.AddWorkspaceAsync();
        await portal.RequestAsync(key.Text, "tools/list", clientInfo: new { name = "agent", version = "1" });
        await portal.RequestAsync(other.Text, "tools/list", clientInfo: new { name = "other", version = "1" });
        await RowsAsync(key);
        await portal.RevokeAsync(key);
        var row = (await ListAsync(key.WorkspaceId)).Single();
        (row.Name, row.KeyName, row.KeyRevoked).ShouldBe(("agent", "CRM sync", true));
        (await ListAsync(stranger.WorkspaceId)).ShouldBeEmpty();

        Task<IReadOnlyList<SeenClientRow>> ListAsync(string workspaceId) =>
            portal.InScopeAsync(services => services.GetRequiredService<SeenClients>().ListAsync(key.TeammateId, CancellationToken.None), workspaceId);
    }

    [Theory]
    [InlineData("  plain  name ", "plain name")]
    [InlineData("a\tb\r\nc", "a b c")]
    [InlineData("\u200b\u202e\u0000", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("x HCLIP_abc", null)]
    [InlineData("\ud800half", "half")]
    [InlineData("😀😀😀😀😀😀", "😀😀😀😀")]
    public void Texts_of_clients_are_made_fit_to_be_shown(string? said, string? shown) => ClientText.Clean(said, 9).ShouldBe(shown?[..Math.Min(shown.Length, 9)].TrimEnd());

    private async Task<List<SeenClient>> RowsAsync(TestKey key)
    {
        await portal.Services.GetRequiredService<ClientSightings>().FlushAsync(CancellationToken.None);
        return await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<SeenClient>().Where(row => row.TokenId == key.Id).ToListAsync(), key.WorkspaceId);
    }
}
