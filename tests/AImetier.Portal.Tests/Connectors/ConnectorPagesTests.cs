using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Connectors;

public sealed class ConnectorPagesTests(MailPortal portal) : IClassFixture<MailPortal>
{
    private const string Password = "Wq7-only-for-the-mail-server";

    [Fact]
    public async Task The_page_and_its_menu_entry_are_for_admins()
    {
        using var member = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member));
        using var refused = await member.GetAsync("/connectors");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await member.GetPageAsync("/teammates")).QuerySelector("a[href='/connectors']").ShouldBeNull();

        using var admin = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Admin));
        (await admin.GetPageAsync("/connectors")).QuerySelector("a[href='/connectors']")!.GetAttribute("aria-current").ShouldBe("page");
    }

    [Fact]
    public async Task Without_a_server_the_practice_outbox_is_told_as_what_it_is()
    {
        var (browser, _) = await portal.OwnerAsync();
        using var owner = browser;
        var page = await owner.GetPageAsync("/connectors");
        page.QuerySelector("[data-testid=email-state]")!.GetAttribute("data-state").ShouldBe(nameof(ChannelState.Practice));
        page.QuerySelector(".notice code")!.TextContent.ShouldBe(Path.Combine(portal.DataDirectory, "outbox"));
        page.QuerySelector("[data-testid=send-test]").ShouldBeNull();
    }

    [Fact]
    public async Task Connecting_testing_and_disconnecting_work_and_are_noted()
    {
        await using var server = new TestSmtpServer { Tls = EmailTls.StartTls, User = "bakery", Password = Password };
        var (browser, person) = await portal.OwnerAsync();
        using var owner = browser;
        await ConnectAsync(owner, MailPortal.Form(server));
        var page = await owner.GetPageAsync("/connectors");
        page.QuerySelector("[data-testid=email-state]")!.GetAttribute("data-state").ShouldBe(nameof(ChannelState.Connected));
        page.QuerySelector("[data-testid=not-tested]").ShouldNotBeNull();

        using var tested = await owner.PostFormAsync("/connectors/email/test", []);
        tested.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        server.Messages.ShouldHaveSingleItem().ShouldContain($"To: {person.Email}");
        (await owner.GetPageAsync("/connectors")).QuerySelector("[data-testid=tested]").ShouldNotBeNull();

        (await owner.GetPageAsync("/connectors/email/disconnect")).QuerySelector("[data-testid=confirm-disconnect]").ShouldNotBeNull();
        (await portal.ConnectorAsync(person.WorkspaceId)).ShouldNotBeNull();
        using var gone = await owner.PostFormAsync("/connectors/email/disconnect", []);
        gone.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await portal.ConnectorAsync(person.WorkspaceId)).ShouldBeNull();

        var log = (await owner.GetPageAsync("/settings/security")).QuerySelectorAll("[data-testid=activity] [data-action]").Select(line => line.GetAttribute("data-action"));
        log.Take(3).ShouldBe(["EmailDisconnected", "EmailTested", "EmailConnected"]);
    }

    [Fact]
    public async Task The_password_is_in_no_page_and_not_readable_in_the_database()
    {
        await using var server = new TestSmtpServer { User = "bakery", Password = Password };
        var (browser, person) = await portal.OwnerAsync();
        using var owner = browser;
        var form = MailPortal.Form(server);
        using var refused = await owner.PostFormAsync("/connectors/email", new(form, StringComparer.Ordinal) { ["Port"] = "no" });
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var again = await owner.ReadPageAsync(refused);
        again.DocumentElement.OuterHtml.ShouldNotContain(Password);
        again.QuerySelector("#Password ~ .hint")!.TextContent.ShouldStartWith("Type it once more");

        await ConnectAsync(owner, form);
        (await owner.GetPageAsync("/connectors")).DocumentElement.OuterHtml.ShouldNotContain(Password);
        (await portal.ConnectorAsync(person.WorkspaceId))!.ProtectedPassword!.ShouldNotContain(Password);
        using var sent = await owner.PostFormAsync("/connectors/email/test", []);
        server.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_password_keeps_the_stored_one_only_for_the_same_server_and_user()
    {
        await using var server = new TestSmtpServer { User = "bakery", Password = Password };
        var (browser, person) = await portal.OwnerAsync();
        using var owner = browser;
        var form = MailPortal.Form(server);
        await ConnectAsync(owner, form);
        form["Password"] = "";
        foreach (var (field, value) in new[] { ("Host", "127.0.0.1"), ("Port", "2525"), ("UserName", "another"), ("Tls", "Implicit") })
        {
            using var refused = await owner.PostFormAsync("/connectors/email", new(form, StringComparer.Ordinal) { [field] = value });
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, field);
            Errors(await owner.ReadPageAsync(refused)).ShouldBe(["password-error"]);
        }

        await ConnectAsync(owner, new(form, StringComparer.Ordinal) { ["FromName"] = "Bakery and Daughters" });
        (await portal.ConnectorAsync(person.WorkspaceId))!.FromName.ShouldBe("Bakery and Daughters");
        using var sent = await owner.PostFormAsync("/connectors/email/test", []);
        server.Messages.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Host", "", "host-error")]
    [InlineData("Host", "smtp://mail.example.com", "host-error")]
    [InlineData("Host", "mail.example.com:25", "host-error")]
    [InlineData("Port", "0", "port-error")]
    [InlineData("Port", "65536", "port-error")]
    [InlineData("Port", "-1", "port-error")]
    [InlineData("Tls", "1", "tls-error")]
    [InlineData("UserName", "a\u202Eb", "username-error")]
    [InlineData("UserName", "", "username-error")]
    [InlineData("Password", "", "password-error")]
    [InlineData("Password", "a\u0007b", "password-error")]
    [InlineData("FromAddress", "bakery", "fromaddress-error")]
    [InlineData("FromAddress", "Bakery <mail@bakery.test>", "fromaddress-error")]
    [InlineData("FromName", "a\u0007b", "fromname-error")]
    public async Task What_does_not_fit_is_said_beside_its_field_and_nothing_typed_is_lost(string field, string value, string error)
    {
        await using var server = new TestSmtpServer { User = "bakery", Password = Password };
        var (browser, person) = await portal.OwnerAsync();
        using var owner = browser;
        var form = MailPortal.Form(server);
        form[field] = value;
        await owner.GetPageAsync("/connectors");
        using var refused = await owner.PostFormAsync("/connectors/email", form);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await owner.ReadPageAsync(refused);
        Errors(page).ShouldBe([error]);
        (page.GetElementById("Host")!.GetAttribute("value") ?? "").ShouldBe(form["Host"]);
        page.GetElementById("FromAddress")!.GetAttribute("value").ShouldBe(form["FromAddress"]);
        page.GetElementById("Password")!.GetAttribute("value").ShouldBeNull();
        (await portal.ConnectorAsync(person.WorkspaceId)).ShouldBeNull();
    }

    [Fact]
    public async Task A_password_goes_unprotected_to_this_machine_only()
    {
        await using var server = new TestSmtpServer { User = "bakery", Password = Password };
        var (browser, _) = await portal.OwnerAsync();
        using var owner = browser;
        var form = MailPortal.Form(server);
        using var refused = await owner.PostFormAsync("/connectors/email", new(form, StringComparer.Ordinal) { ["Host"] = "mail.example.com" });
        Errors(await owner.ReadPageAsync(refused)).ShouldBe(["tls-error"]);
        await ConnectAsync(owner, form);
    }

    [Fact]
    public async Task A_test_that_fails_says_why_in_the_server_s_words_too()
    {
        await using var server = new TestSmtpServer().Refusing(SmtpStep.Rcpt, "550 Nobody <b>here</b>");
        var (browser, person) = await portal.OwnerAsync();
        using var owner = browser;
        await ConnectAsync(owner, MailPortal.Form(server));
        using var failed = await owner.PostFormAsync("/connectors/email/test", []);
        var page = await owner.ReadPageAsync(failed);
        page.QuerySelector("[data-testid=test-failed] q")!.TextContent.ShouldBe("550 Nobody <b>here</b>");
        (await portal.ConnectorAsync(person.WorkspaceId))!.TestedAt.ShouldBeNull();
    }

    [Fact]
    public async Task After_half_an_hour_the_person_proves_who_they_are_and_the_password_stays_out_of_that_page()
    {
        await using var server = new TestSmtpServer { User = "bakery", Password = Password };
        var (browser, person) = await portal.OwnerAsync();
        using var owner = browser;
        portal.Clock.Advance(TimeSpan.FromMinutes(31));
        using var held = await owner.PostFormAsync("/connectors/email", MailPortal.Form(server));
        var page = await owner.ReadPageAsync(held);
        page.QuerySelector("[data-testid=confirm-password]").ShouldNotBeNull();
        page.DocumentElement.OuterHtml.ShouldNotContain(Password);
        (await portal.ConnectorAsync(person.WorkspaceId)).ShouldBeNull();

        var fields = page.QuerySelectorAll("form input[type=hidden]").DistinctBy(input => input.GetAttribute("name"))
            .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "", StringComparer.Ordinal);
        fields["__confirm-password"] = person.Password;
        using var right = await owner.PostFormAsync("/account/confirm", fields);
        right.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        await ConnectAsync(owner, fields);
        using var sent = await owner.PostFormAsync("/connectors/email/test", []);
        server.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_workspace_has_its_own_server_alone()
    {
        await using var server = new TestSmtpServer();
        var (browser, person) = await portal.OwnerAsync();
        using var owner = browser;
        await ConnectAsync(owner, MailPortal.Form(server));
        var (other, stranger) = await portal.OwnerAsync();
        using var theirs = other;
        (await theirs.GetPageAsync("/connectors")).QuerySelector("[data-testid=send-test]").ShouldBeNull();
        using var gone = await theirs.PostFormAsync("/connectors/email/disconnect", []);
        (await portal.ConnectorAsync(person.WorkspaceId)).ShouldNotBeNull();

        (await NoticeAsync(stranger.WorkspaceId)).ShouldBeOfType<SendOutcome.NotConnected>();
        (await NoticeAsync(person.WorkspaceId)).ShouldBeOfType<SendOutcome.Sent>();
        server.Messages.ShouldHaveSingleItem().ShouldContain("Something waits");
    }

    [Fact]
    public async Task Whether_to_be_told_is_in_the_profile_of_admins()
    {
        var (browser, person) = await portal.OwnerAsync();
        using var owner = browser;
        (await owner.GetPageAsync("/account/profile")).QuerySelector("#email-when-waiting")!.HasAttribute("checked").ShouldBeTrue();
        using var off = await owner.PostFormAsync("/account/profile", new() { ["DisplayName"] = "Mia", ["EmailWhenWaiting"] = "false" });
        (await owner.GetPageAsync("/account/profile")).QuerySelector("#email-when-waiting")!.HasAttribute("checked").ShouldBeFalse();
        using var member = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member, person.WorkspaceId));
        (await member.GetPageAsync("/account/profile")).QuerySelector("#email-when-waiting").ShouldBeNull();
    }

    private Task<SendOutcome> NoticeAsync(string workspaceId) => portal.InScopeAsync(
        services => services.GetRequiredService<EmailNotices>().SendAsync("mia@bakery.test", "Something waits", "For your OK.", default), workspaceId);

    private static async Task ConnectAsync(PortalBrowser browser, Dictionary<string, string> form)
    {
        using var answer = await browser.PostFormAsync("/connectors/email", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
    }

    private static IEnumerable<string?> Errors(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll(".error").Select(sentence => sentence.Id);
}
