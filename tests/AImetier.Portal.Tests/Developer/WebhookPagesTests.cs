using System.Net;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using AImetier.Portal.Tests.Webhooks;
using AngleSharp.Html.Dom;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Developer;

/// <summary>The outgoing half of the Webhook section, without scripts, against receivers that listen.</summary>
public sealed class WebhookPagesTests(WebhookPortal portal) : IClassFixture<WebhookPortal>
{
    private const string Webhooks = "/settings/developer/webhooks";

    [Fact]
    public async Task An_endpoint_is_added_with_one_press_and_its_secret_is_shown_in_that_answer_alone()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var browser = await OpenAsync();
        using var answer = await browser.SubmitAsync(Webhooks, ("Url", receiver.Address + "/hooks"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.TryGetValues("Set-Cookie", out var cookies);
        var page = await browser.ReadPageAsync(answer);
        var row = page.QuerySelectorAll("[data-testid=webhook-row]").Single();
        var shown = row.QuerySelector("[data-testid=webhook-secret]")!;
        shown.TagName.ShouldBe("CODE");
        WebhookSecret.TryParse(shown.TextContent, out var secret).ShouldBeTrue();
        page.QuerySelectorAll("input").ShouldAllBe(input => !((IHtmlInputElement)input).Value.Contains("whsec_", StringComparison.Ordinal));
        string.Concat(cookies ?? []).ShouldNotContain(shown.TextContent[6..]);
        page.Body!.TextContent.ShouldContain("stored encrypted");

        var self = $"{Webhooks}/{row.GetAttribute("data-webhook-id")}";
        foreach (var path in new[] { browser.Page!.QuerySelector("[data-testid=webhook-next]")!.GetAttribute("href")!, self + "/edit", self + "/remove", $"/settings/developer?teammate={await TeammateOfAsync(self)}" })
            (await browser.GetPageAsync(path)).Source.Text.ShouldNotContain(shown.TextContent[6..]);

        await browser.GetPageAsync(self);
        using (var sent = await browser.SubmitAsync(self + "/test"))
            sent.Headers.Location!.ToString().ShouldStartWith($"{self}?test=dl_");
        var received = await receiver.NextAsync();
        received.Path.ShouldBe("/hooks");
        WebhookPortal.Check(received, secret!).ShouldBe(new SignatureCheck.Good());
    }

    [Fact]
    public async Task A_second_submit_of_the_same_form_adds_nothing_and_shows_no_secret()
    {
        using var browser = await OpenAsync();
        using (var first = await browser.SubmitAsync(Webhooks, ("Url", "http://127.0.0.1:4000/")))
            first.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = await browser.SubmitAsync(Webhooks, ("Url", "http://127.0.0.1:4000/"));
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await browser.GetPageAsync(again.Headers.Location!.ToString());
        page.Body!.TextContent.ShouldContain("already added");
        page.QuerySelector("[data-testid=webhook-secret]").ShouldBeNull();
        (await browser.GetPageAsync(page.QuerySelector(".back")!.GetAttribute("href")!)).QuerySelectorAll("[data-testid=webhook-row]").Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_address_that_does_not_fit_is_refused_with_its_reason_and_nothing_typed_is_lost()
    {
        using var browser = await OpenAsync();
        foreach (var (url, sentence) in new[]
        {
            ("", "Type or paste the address"),
            ("example.com/hooks", "not a whole web address"),
            ("ftp://example.com/", "must begin with https://"),
            ("https://me:pw@example.com/", "before the @"),
            ("https://2130706433/", "plain host name"),
            ("https://example.com:25/", "another kind of service"),
            ("https://10.0.0.5/", "not public"),
            ("http://169.254.169.254/latest/meta-data/", "not public"),
        })
        {
            using var answer = await browser.SubmitAsync(Webhooks, ("Url", url), ("Note", "Shop"), ("Events", "approval.sent"));
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            var page = await browser.ReadPageAsync(answer);
            page.QuerySelector("#url-error")!.TextContent.ShouldContain(sentence);
            var field = (IHtmlInputElement)page.QuerySelector("[data-testid=webhook-url]")!;
            field.Value.ShouldBe(url);
            field.GetAttribute("aria-describedby").ShouldBe("url-error");
            ((IHtmlInputElement)page.QuerySelector("[data-testid=webhook-note]")!).Value.ShouldBe("Shop");
            page.QuerySelectorAll("input[name=Events]:checked").Single().GetAttribute("value").ShouldBe("approval.sent");
            page.QuerySelector("[data-testid=webhook-row]").ShouldBeNull();
        }

        using var twin = await browser.SubmitAsync(Webhooks, ("Url", "http://127.0.0.1:4000/"));
        var row = (await browser.ReadPageAsync(twin)).QuerySelector("[data-testid=webhook-row]")!;
        row.TextContent.ShouldContain("Shop");
        row.TextContent.ShouldContain("1 of 10");
    }

    [Fact]
    public async Task Events_and_notes_that_do_not_fit_are_refused()
    {
        using var browser = await OpenAsync();
        using var answer = await browser.SubmitAsync(Webhooks, ("Url", "http://127.0.0.1:4000/"), ("Events", null), ("Note", "a\u202eb"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await browser.ReadPageAsync(answer);
        page.QuerySelector("#events-error")!.TextContent.ShouldContain("at least one");
        page.QuerySelector("#note-error").ShouldNotBeNull();
        page.QuerySelector("#url-error").ShouldBeNull();
    }

    [Fact]
    public async Task Without_the_forms_own_values_nothing_is_added()
    {
        using var browser = await OpenAsync();
        using (var refused = await browser.PostWithoutTokenAsync(Webhooks, new() { ["Url"] = "http://127.0.0.1:4000/" }))
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var refused = await browser.SubmitAsync(Webhooks, ("Url", "http://127.0.0.1:4000/"), ("Nonce", null)))
            refused.Headers.Location!.ToString().ShouldStartWith("/settings/developer?teammate=");
        using (var opened = await browser.GetAsync(Webhooks + "?teammate=tm_x"))
            opened.Headers.Location!.ToString().ShouldBe("/settings/developer?teammate=tm_x#webhooks");
        browser.Page!.QuerySelector("[data-testid=webhook-row]").ShouldBeNull();
    }

    [Fact]
    public async Task A_proof_that_is_older_than_half_an_hour_is_asked_for_again_and_nothing_is_lost()
    {
        using var browser = await OpenAsync();
        portal.Clock.Advance(TimeSpan.FromMinutes(31));
        using var asked = await browser.SubmitAsync(Webhooks, ("Url", "http://127.0.0.1:4000/late"), ("Events", "message.completed"), ("Events", "token.revoked"));
        (await browser.ReadPageAsync(asked)).Body!.TextContent.ShouldContain("its secret shown to you once");
        using var confirmed = await browser.SubmitAsync("/account/confirm", ("__confirm-password", portal.OwnerPassword));
        confirmed.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        using var added = await browser.SubmitToAsync(confirmed.Headers.Location!, "/account/confirm");
        var row = (await browser.ReadPageAsync(added)).QuerySelector("[data-testid=webhook-row]")!;
        row.QuerySelector("[data-testid=webhook-secret]").ShouldNotBeNull();
        row.TextContent.ShouldContain("2 of 10");
    }

    [Fact]
    public async Task An_endpoint_is_edited_paused_resumed_and_removed()
    {
        var added = await portal.AddAsync("http://127.0.0.1:4000/first");
        using var browser = await new PortalBrowser(portal).SignInAsync();
        var self = $"{Webhooks}/{added.Webhook.Id}";

        await browser.GetPageAsync(self + "/edit");
        using (var refused = await browser.SubmitAsync(self + "/edit", ("Url", "https://192.168.0.1/")))
            (await browser.ReadPageAsync(refused)).QuerySelector("#url-error")!.TextContent.ShouldContain("not public");
        using (var saved = await browser.SubmitAsync(self + "/edit", ("Url", "http://127.0.0.1:4000/second"), ("Note", "<b>Shop</b>")))
            saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await browser.GetPageAsync(self);
        page.QuerySelector("h1")!.TextContent.ShouldContain("<b>Shop</b>");
        page.Body!.TextContent.ShouldContain("http://127.0.0.1:4000/second");

        foreach (var (verb, state) in new[] { ("pause", "Paused"), ("resume", "Active") })
        {
            using var done = await browser.SubmitAsync($"{self}/{verb}");
            done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            (await browser.GetPageAsync(self)).QuerySelector("[data-testid=webhook-state]")!.TextContent.ShouldBe(state);
        }

        (await browser.GetPageAsync(self + "/remove")).Body!.TextContent.ShouldContain("Nothing was ever delivered");
        using (var removed = await browser.SubmitAsync(self + "/remove"))
            removed.Headers.Location!.ToString().ShouldContain($"teammate={added.Webhook.TeammateId}");
        foreach (var path in new[] { "", "/edit", "/remove" })
        {
            using var gone = await browser.GetAsync(self + path);
            gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_replaced_secret_is_shown_once_and_both_sign_for_a_day()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var added = await portal.AddAsync(receiver.Address);
        using var browser = await new PortalBrowser(portal).SignInAsync();
        var self = $"{Webhooks}/{added.Webhook.Id}";
        await browser.GetPageAsync(self);
        using var replaced = await browser.SubmitAsync(self + "/secret");
        replaced.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var again = await browser.SubmitAsync(self + "/secret");
        var page = await browser.ReadPageAsync(replaced);
        WebhookSecret.TryParse(page.QuerySelector("[data-testid=webhook-secret]")!.TextContent, out var secret).ShouldBeTrue();
        secret!.SignsLike(added.Secret).ShouldBeFalse();
        page.QuerySelector("[data-testid=webhook-both]")!.TextContent.ShouldContain("in 1 day");
        page = await browser.GetPageAsync(again.Headers.Location!.ToString());
        page.Body!.TextContent.ShouldContain("already replaced");
        page.QuerySelector("[data-testid=webhook-secret]").ShouldBeNull();

        (await browser.SubmitAsync(self + "/test")).Dispose();
        var received = await receiver.NextAsync();
        WebhookPortal.Check(received, secret).ShouldBe(new SignatureCheck.Good());
        WebhookPortal.Check(received, added.Secret).ShouldBe(new SignatureCheck.Good());
    }

    [Fact]
    public async Task The_page_says_what_is_opened_and_says_nothing_when_nothing_is()
    {
        using var browser = await OpenAsync();
        var notice = browser.Page!.QuerySelector("[data-testid=webhooks-opened]")!.TextContent;
        notice.ShouldContain("127.0.0.0/8");
        notice.ShouldContain("http://");

        using var closed = new PortalHost();
        using var other = await new PortalBrowser(closed).SignInAsync();
        var page = await other.GetPageAsync($"/settings/developer?teammate={await closed.HireAsync()}");
        page.QuerySelector("[data-testid=webhook-url]").ShouldNotBeNull();
        page.QuerySelector("[data-testid=webhooks-opened]").ShouldBeNull();
    }

    [Fact]
    public async Task Endpoints_and_deliveries_of_another_workspace_are_not_there()
    {
        var stranger = await portal.AddWorkspaceAsync();
        var teammate = await portal.HireAsync(workspaceId: stranger.WorkspaceId);
        var foreign = (AddWebhookOutcome.Added)await portal.AsPersonAsync(
            (WebhookService service, Features.Activity.Actor actor) => service.AddAsync(teammate, WebhookPortal.Form("http://127.0.0.1:4000/"), "nonce-of-a-stranger", actor, CancellationToken.None), stranger.WorkspaceId);
        var delivery = await portal.AsPersonAsync((WebhookResending resending, Features.Activity.Actor actor) => resending.TestAsync(foreign.Webhook.Id, actor, CancellationToken.None), stranger.WorkspaceId);
        var own = await portal.AddAsync("http://127.0.0.1:4000/");
        using var browser = await new PortalBrowser(portal).SignInAsync();
        await browser.GetPageAsync($"{Webhooks}/{own.Webhook.Id}");
        foreach (var path in new[] { "", "/edit", "/remove" })
        {
            using var refused = await browser.GetAsync($"{Webhooks}/{foreign.Webhook.Id}{path}");
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using (var refused = await browser.GetAsync($"{Webhooks}/deliveries/{delivery}"))
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetPageAsync($"{Webhooks}/{own.Webhook.Id}?test={delivery}")).QuerySelector("[data-testid=test-result]").ShouldBeNull();
        foreach (var path in new[] { $"{foreign.Webhook.Id}/edit", $"{foreign.Webhook.Id}/pause", $"{foreign.Webhook.Id}/resume", $"{foreign.Webhook.Id}/secret", $"{foreign.Webhook.Id}/remove", $"{foreign.Webhook.Id}/test", $"{foreign.Webhook.Id}/resend", $"{foreign.Webhook.Id}/check", $"deliveries/{delivery}/resend" })
        {
            using var refused = await browser.PostFormAsync($"{Webhooks}/{path}", new() { ["Url"] = "http://127.0.0.1:4000/", ["Events"] = "message.completed", ["Nonce"] = "nonce-of-this-test" });
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    private async Task<PortalBrowser> OpenAsync()
    {
        var browser = await new PortalBrowser(portal).SignInAsync();
        await browser.GetPageAsync($"/settings/developer?teammate={await portal.HireAsync()}");
        return browser;
    }

    private async Task<string> TeammateOfAsync(string self) => (await portal.SummaryAsync(self.Split('/')[^1])).TeammateId;
}
