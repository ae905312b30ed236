using System.Net;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Tests.Connectors;
using AImetier.Portal.Tests.Host;
using AImetier.Portal.Tests.NeedsAttention;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Approvals;

/// <summary>The program is killed as a process of its own while a real mail server is taking an e-mail; then it is started again on the same files.</summary>
public sealed class KilledSenderTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("portal-killed-").FullName;

    // Before the message, after it without a yes, and after it was taken: from here nobody can tell the three apart.
    private readonly TestSmtpServer[] _servers =
        [new TestSmtpServer().StallingAt(SmtpStep.Data), new TestSmtpServer().StallingAt(SmtpStep.Message), new TestSmtpServer().TakingInSilence()];

    [Fact]
    public async Task What_was_leaving_is_uncertain_leaves_no_second_time_by_itself_and_a_person_ends_it()
    {
        var attempts = await Task.WhenAll(_servers.Select(BeginAsync));
        foreach (var (server, owner, approvalId) in attempts)
            await KillWhileSendingAsync(server, owner, approvalId);
        _servers.Select(server => server.Messages.Count).ShouldBe([0, 0, 1]);

        await using var restarted = Portal();
        foreach (var server in _servers)
            server.Heal();
        restarted.Clock.Advance(ApprovalSender.Lease + TimeSpan.FromSeconds(1));
        foreach (var (_, owner, approvalId) in attempts)
        {
            await restarted.UntilAsync(approvalId, ApprovalState.Uncertain);
            using var browser = await new PortalBrowser(restarted).SignInAsync(owner);
            (await browser.GetPageAsync("/needs-attention")).QuerySelector("[data-testid=approval-row]")!.GetAttribute("data-approval-id").ShouldBe(approvalId);
        }

        restarted.Clock.Advance(TimeSpan.FromHours(1));
        (await SendAnotherAsync(restarted, attempts[2])).ShouldBe(2, "the sender is at work, and this is its only new e-mail");
        _servers.Select(server => server.Messages.Count).ShouldBe([0, 0, 2]);

        (await DecideAsync(restarted, attempts[0], "send-again")).ShouldBe(ApprovalState.Sent);
        (await DecideAsync(restarted, attempts[1], "send-again")).ShouldBe(ApprovalState.Sent);
        (await DecideAsync(restarted, attempts[2], "arrived")).ShouldBe(ApprovalState.Sent);
        _servers.Select(server => server.Messages.Count(message => message.Contains("killed", StringComparison.Ordinal))).ShouldBe([1, 1, 1]);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private AttentionPortal Portal()
    {
        var portal = new AttentionPortal();
        portal.With("Portal:DataDirectory", _data).With("Connectors:PracticeOutbox", "false");
        return portal;
    }

    private async Task<(TestSmtpServer Server, TestPerson Owner, string ApprovalId)> BeginAsync(TestSmtpServer server)
    {
        await using var portal = Portal();
        var owner = await portal.AddWorkspaceAsync();
        using var browser = await new PortalBrowser(portal).SignInAsync(owner);
        using var connected = await browser.PostFormAsync("/connectors/email", MailPortal.Form(server));
        connected.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return (server, owner, (await portal.RequestAsync(owner.WorkspaceId, subject: "killed")).Id);
    }

    private async Task KillWhileSendingAsync(TestSmtpServer server, TestPerson owner, string approvalId)
    {
        using var program = PortalProcess.Start("--urls=http://127.0.0.1:0", $"--Portal:DataDirectory={_data}");
        try
        {
            using var browser = await new PortalBrowser(PlainHttp.Create(await PortalProcess.AddressAsync(program), cookies: true)).SignInAsync(owner.Email, owner.Password);
            await ApproveAsync(browser, approvalId);
            await server.Stalled.WaitAsync(Until.Longest);
        }
        finally
        {
            // SIGKILL where there are signals: nothing can be said or stored any more.
            program.Kill();
            await program.WaitForExitAsync();
        }
    }

    private static async Task ApproveAsync(PortalBrowser browser, string approvalId)
    {
        var page = await browser.GetPageAsync($"/needs-attention/{approvalId}");
        page.QuerySelector("[data-testid=approval-from]")!.TextContent.ShouldBe("The Bakery <mail@bakery.test>");
        var seen = page.QuerySelector("[name=SeenHash]")!.GetAttribute("value")!;
        using var approved = await browser.PostFormAsync($"/needs-attention/{approvalId}/approve", new() { ["SeenHash"] = seen });
        approved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private static async Task<int> SendAnotherAsync(AttentionPortal portal, (TestSmtpServer Server, TestPerson Owner, string ApprovalId) attempt)
    {
        var another = await portal.RequestAsync(attempt.Owner.WorkspaceId, subject: "another");
        using var browser = await new PortalBrowser(portal).SignInAsync(attempt.Owner);
        await ApproveAsync(browser, another.Id);
        await portal.UntilAsync(another.Id, ApprovalState.Sent);
        return attempt.Server.Messages.Count;
    }

    private static async Task<ApprovalState> DecideAsync(AttentionPortal portal, (TestSmtpServer Server, TestPerson Owner, string ApprovalId) attempt, string word)
    {
        using var browser = await new PortalBrowser(portal).SignInAsync(attempt.Owner);
        await browser.GetPageAsync($"/needs-attention/{attempt.ApprovalId}");
        browser.Page!.QuerySelector($"form[action$='/{word}']").ShouldNotBeNull();
        using var said = await browser.PostFormAsync($"/needs-attention/{attempt.ApprovalId}/{word}", []);
        said.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return (await portal.UntilAsync(attempt.ApprovalId, ApprovalState.Sent)).State;
    }
}
