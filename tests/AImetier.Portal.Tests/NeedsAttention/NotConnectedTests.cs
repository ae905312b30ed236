using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Tests.Connectors;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.NeedsAttention;

/// <summary>Without a connector and without the practice outbox nothing can be approved.</summary>
public sealed class NotConnectedTests : IDisposable
{
    private readonly PortalHost _portal;
    private readonly AttentionPortal _attention = new();

    public NotConnectedTests() => _portal = _attention.With("Connectors:PracticeOutbox", "false");

    [Fact]
    public async Task It_stays_waiting_until_something_is_connected()
    {
        var owner = await _portal.AddWorkspaceAsync();
        var made = await _attention.RequestAsync(owner.WorkspaceId);
        using var browser = await new PortalBrowser(_portal).SignInAsync(owner);
        var page = await browser.GetPageAsync($"/needs-attention/{made.Id}");
        page.QuerySelector("[data-testid=approve]").ShouldBeNull();
        page.QuerySelector("[data-testid=connect-first]")!.TextContent.ShouldContain("Connect e-mail first. This stays waiting.");
        page.QuerySelector("[data-testid=connect-first] a")!.GetAttribute("href").ShouldBe("/connectors");

        using var answer = await browser.PostFormAsync($"/needs-attention/{made.Id}/approve", new() { ["SeenHash"] = made.ContentHash });
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetPageAsync($"/needs-attention/{made.Id}")).QuerySelector("[data-testid=attention-problem]")!.TextContent.ShouldContain("stays waiting");
        (await _attention.ReadAsync(made.Id)).State.ShouldBe(ApprovalState.Waiting);

        using var declined = await browser.PostFormAsync($"/needs-attention/{made.Id}/decline", []);
        (await _attention.ReadAsync(made.Id)).State.ShouldBe(ApprovalState.Declined);
    }

    [Fact]
    public async Task What_is_approved_and_stuck_is_a_problem_that_counts()
    {
        var owner = await _portal.AddWorkspaceAsync();
        var made = await _attention.RequestAsync(owner.WorkspaceId);
        await _attention.SetStateAsync(made.Id, ApprovalState.Approved);
        using var browser = await new PortalBrowser(_portal).SignInAsync(await _portal.AddPersonAsync(PersonRole.Member, owner.WorkspaceId));
        var page = await browser.GetPageAsync("/needs-attention");
        page.QuerySelector("[data-testid=approval-row]")!.TextContent.ShouldContain("no e-mail is connected");
        page.QuerySelector("[data-testid=attention-count]")!.TextContent.ShouldBe("1");
    }

    [Fact]
    public async Task What_was_approved_before_goes_on_at_once_when_e_mail_is_connected()
    {
        await using var server = new TestSmtpServer();
        var owner = await _portal.AddWorkspaceAsync();
        using var browser = await new PortalBrowser(_portal).SignInAsync(owner);
        using var off = await browser.PostFormAsync("/settings/security/ask-before-sending/off", new() { ["Password"] = owner.Password });
        var made = await _attention.RequestAsync(owner.WorkspaceId);
        made.State.ShouldBe(ApprovalState.Approved, "the setting approves");
        (await browser.GetPageAsync("/needs-attention")).QuerySelector("[data-testid=approval-row]")!.TextContent.ShouldContain("no e-mail is connected");

        // The Portal's clock stands still: only the connecting itself wakes the sender.
        using var connected = await browser.PostFormAsync("/connectors/email", MailPortal.Form(server));
        connected.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await server.TakenAsync(Until.Longest);
        await _attention.UntilAsync(made.Id, ApprovalState.Sent);
        server.Messages.Count.ShouldBe(1);
    }

    public void Dispose() => _attention.Dispose();
}
