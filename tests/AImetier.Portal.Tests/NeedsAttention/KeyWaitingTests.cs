using System.Net;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.NeedsAttention;

/// <summary>Settings &gt; Developer: what a revoked key asked for.</summary>
public sealed class KeyWaitingTests(AttentionPortal portal) : IClassFixture<AttentionPortal>
{
    [Fact]
    public async Task What_a_revoked_key_asked_for_is_looked_at_and_declined_together()
    {
        var owner = await portal.AddWorkspaceAsync();
        var key = await portal.GenerateAsync(name: "Booking form", workspaceId: owner.WorkspaceId);
        var asked = new List<Approval>();
        for (var i = 0; i < 3; i++)
            asked.Add(await portal.RequestAsync(owner.WorkspaceId, by: new Requester(RequesterKind.Key, key.Id, "Booking form"), teammateId: key.TeammateId));
        var other = await portal.RequestAsync(owner.WorkspaceId, teammateId: key.TeammateId);
        await portal.RevokeAsync(key);

        using var browser = await new PortalBrowser(portal).SignInAsync(owner);
        var page = await browser.GetPageAsync($"/settings/developer?teammate={key.TeammateId}&revoked=first");
        var line = page.QuerySelector("[data-testid=token-waiting]")!;
        line.TextContent.ShouldContain("3 e-mails this key asked for are still waiting.");
        line.QuerySelector("[data-testid=decline-waiting]")!.TextContent.ShouldBe("Decline all 3");
        var look = await browser.GetPageAsync(line.QuerySelector("a")!.GetAttribute("href")!);
        look.QuerySelectorAll("[data-testid=approval-row]").Select(row => row.GetAttribute("data-approval-id")).Order(StringComparer.Ordinal)
            .ShouldBe(asked.Select(row => row.Id).Order(StringComparer.Ordinal));

        using var answer = await browser.PostFormAsync($"/settings/developer/tokens/{key.Id}/decline-waiting", []);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        foreach (var row in asked)
            (await portal.ReadAsync(row.Id)).State.ShouldBe(ApprovalState.Declined);
        (await portal.ReadAsync(other.Id)).State.ShouldBe(ApprovalState.Waiting);
        var after = await browser.GetPageAsync(answer.Headers.Location!.ToString());
        after.QuerySelector("[data-testid=token-waiting]").ShouldBeNull();
        after.QuerySelector(".flash")!.TextContent.ShouldContain("3 e-mails");
    }

    [Fact]
    public async Task Nobody_declines_what_another_business_waits_for()
    {
        var owner = await portal.AddWorkspaceAsync();
        var key = await portal.GenerateAsync(workspaceId: owner.WorkspaceId);
        var made = await portal.RequestAsync(owner.WorkspaceId, by: new Requester(RequesterKind.Key, key.Id, "Key 1"), teammateId: key.TeammateId);
        using var stranger = await new PortalBrowser(portal).SignInAsync(await portal.AddWorkspaceAsync());
        using var answer = await stranger.PostFormAsync($"/settings/developer/tokens/{key.Id}/decline-waiting", []);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await portal.ReadAsync(made.Id)).State.ShouldBe(ApprovalState.Waiting);
    }
}
