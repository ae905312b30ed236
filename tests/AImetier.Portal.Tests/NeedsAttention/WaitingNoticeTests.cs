using System.Net;
using System.Text;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.NeedsAttention;
using AImetier.Portal.Tests.Connectors;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.NeedsAttention;

/// <summary>When admins are told by e-mail that something waits, and what they read.</summary>
public sealed class WaitingNoticeTests(AttentionPortal portal) : IClassFixture<AttentionPortal>
{
    [Fact]
    public async Task The_hour_is_taken_once_and_again_only_for_something_new()
    {
        var owner = await portal.AddWorkspaceAsync();
        await ConnectAsync(portal, owner.WorkspaceId);
        await TellAsync(owner.WorkspaceId);
        (await ToldAtAsync(owner.WorkspaceId)).ShouldBeNull("nothing waits");

        await portal.RequestAsync(owner.WorkspaceId);
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(TellAsync(owner.WorkspaceId), TellAsync(owner.WorkspaceId));
        var first = await ToldAtAsync(owner.WorkspaceId);
        first.ShouldNotBeNull();

        portal.Clock.Advance(WaitingNotice.AtMostEvery);
        await TellAsync(owner.WorkspaceId);
        (await ToldAtAsync(owner.WorkspaceId)).ShouldBe(first, "nothing new waits");

        await portal.RequestAsync(owner.WorkspaceId);
        await TellAsync(owner.WorkspaceId);
        var second = await ToldAtAsync(owner.WorkspaceId);
        second!.Value.ShouldBeGreaterThan(first.Value);

        portal.Clock.Advance(TimeSpan.FromMinutes(30));
        await portal.RequestAsync(owner.WorkspaceId);
        await TellAsync(owner.WorkspaceId);
        (await ToldAtAsync(owner.WorkspaceId)).ShouldBe(second, "the hour is not over");
    }

    [Fact]
    public async Task Owners_and_admins_are_told_in_their_language_how_many_wait_and_where_and_nothing_of_what()
    {
        await using var server = new TestSmtpServer();
        using var known = new AttentionPortal();
        known.With("Portal:PublicUrl", "https://portal.bakery.test/");
        var owner = await known.AddWorkspaceAsync();
        var camille = await known.AddPersonAsync(PersonRole.Admin, owner.WorkspaceId);
        await SetAsync(known, camille, person => person.Language = "fr");
        await SetAsync(known, await known.AddPersonAsync(PersonRole.Admin, owner.WorkspaceId), person => person.EmailWhenWaiting = false);
        await known.AddPersonAsync(PersonRole.Member, owner.WorkspaceId);
        await ConnectAsync(known, owner.WorkspaceId, server.Port);
        await known.RequestAsync(owner.WorkspaceId, "Our secret sauce", "client@example.com", "Quarterly figures");

        (await TellAsync(known, owner.WorkspaceId)).ShouldBe(2);
        var messages = Read(server);
        messages.Keys.ShouldBe([owner.Email, camille.Email], ignoreOrder: true);
        var english = messages[owner.Email];
        english.Subject.ShouldBe("Something waits for your OK");
        english.TextBody!.Trim().ShouldBe(
            """
            1 thing waits for your OK in AImetier Portal. Nothing leaves before you decide.

            Look here: https://portal.bakery.test/needs-attention

            You can switch these e-mails off in your profile.
            """,
            StringCompareShould.IgnoreLineEndings);
        var french = messages[camille.Email];
        french.Subject.ShouldBe("Quelque chose attend votre accord");
        french.TextBody!.Trim().Replace('\u00A0', ' ').ShouldBe(
            """
            1 chose attend votre accord dans AImetier Portal. Rien ne part avant votre décision.

            Regardez ici : https://portal.bakery.test/needs-attention

            Vous pouvez désactiver ces e-mails dans votre profil.
            """,
            StringCompareShould.IgnoreLineEndings);
        english.From.ToString().ShouldBe("bakery@example.com");
        english.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        server.Messages.ShouldAllBe(raw => !raw.Contains("secret") && !raw.Contains("Quarterly") && !raw.Contains("client@") && !raw.Contains("Mia"));
    }

    [Fact]
    public async Task A_minute_after_something_began_to_wait_the_mail_is_there_without_a_link_where_the_Portal_knows_no_address()
    {
        await using var server = new TestSmtpServer();
        var owner = await portal.AddWorkspaceAsync();
        using (var browser = await new PortalBrowser(portal).SignInAsync(owner))
        {
            using var connected = await browser.PostFormAsync("/connectors/email", MailPortal.Form(server));
            connected.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        await portal.RequestAsync(owner.WorkspaceId);
        await portal.RequestAsync(owner.WorkspaceId);
        await MailAsync(1);
        var message = Read(server)[owner.Email];
        message.TextBody!.ShouldStartWith("2 things wait for your OK");
        message.TextBody!.ShouldContain("Sign in and open Needs attention.");
        message.TextBody!.ShouldNotContain("http");

        await portal.RequestAsync(owner.WorkspaceId);
        (await TellAsync(portal, owner.WorkspaceId)).ShouldBe(0, "the hour is not over");
        portal.Clock.Advance(WaitingNotice.AtMostEvery);
        await MailAsync(2);

        // Time passes quickly until the mail begins to leave, and no faster than it does afterwards: a try has its limits.
        async Task MailAsync(int number)
        {
            var commands = server.Commands.Count;
            await portal.TrueAsync(() => Task.FromResult(server.Commands.Count > commands), ahead: TimeSpan.FromMinutes(2));
            await portal.TrueAsync(() => Task.FromResult(server.Messages.Count == number));
        }
    }

    private static Dictionary<string, MimeMessage> Read(TestSmtpServer server) => server.Messages
        .Select(raw => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(raw))))
        .ToDictionary(message => message.To.Mailboxes.Single().Address, StringComparer.Ordinal);

    private static Task<int> SetAsync(PortalHost host, TestPerson who, Action<Person> set) => host.InScopeAsync(
        async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            set(await db.Set<Person>().SingleAsync(person => person.Id == who.Id));
            return await db.SaveChangesAsync();
        },
        who.WorkspaceId);

    private Task<int> TellAsync(string workspaceId) => TellAsync(portal, workspaceId);

    private static Task<int> TellAsync(PortalHost host, string workspaceId) =>
        host.InScopeAsync(services => services.GetRequiredService<WaitingNotice>().TellAsync(default), workspaceId);

    private Task<DateTimeOffset?> ToldAtAsync(string workspaceId) => portal.InScopeAsync(
        services => services.GetRequiredService<PortalDbContext>().Set<EmailConnector>().Select(connector => connector.WaitingToldAt).SingleAsync(), workspaceId);

    // Where nobody listens, unless told.
    private static Task<int> ConnectAsync(PortalHost host, string workspaceId, int port = 1) => host.InScopeAsync(
        services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            db.Add(new EmailConnector
            {
                WorkspaceId = workspaceId,
                Host = "127.0.0.1",
                Port = port,
                Tls = EmailTls.None,
                FromAddress = "bakery@example.com",
                ChangedAt = host.Clock.GetUtcNow(),
            });
            return db.SaveChangesAsync();
        },
        workspaceId);
}
