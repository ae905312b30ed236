using System.Net;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using AImetier.Portal.Tests.Webhooks;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Developer;

/// <summary>The log of an endpoint, tests, sending again and the checker of signatures, without scripts.</summary>
public sealed class DeliveryPagesTests(WebhookPortal portal) : IClassFixture<WebhookPortal>
{
    private const string Webhooks = "/settings/developer/webhooks";

    [Fact]
    public async Task A_test_event_says_how_it_went_and_what_to_do()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var (browser, self) = await OpenAsync(receiver.Address);
        foreach (var (status, state, sentence) in new[]
        {
            (204, "Delivered", "answered 204"),
            (302, "Failed", "Redirects are not followed"),
            (400, "Failed", "Often its signature check fails"),
            (401, "Failed", "asks for a sign-in"),
            (404, "Failed", "not this path"),
            (405, "Failed", "does not take POST"),
            (418, "Failed", "Only 200 to 299 counts"),
            (429, "Failed", "fewer messages at once"),
            (500, "Failed", "Its own log says why"),
        })
        {
            receiver.Answer = WebhookReceiver.Status(status);
            var result = (await TestAsync(browser, self)).QuerySelector("[data-testid=test-result]")!;
            result.GetAttribute("data-state").ShouldBe(state);
            result.TextContent.ShouldContain(sentence);
        }
    }

    [Fact]
    public async Task A_test_of_nobody_says_that_nobody_is_there_and_the_page_looks_again_until_it_knows()
    {
        var released = new TaskCompletionSource();
        await using var receiver = await WebhookReceiver.StartAsync(_ => released.Task);
        var (browser, self) = await OpenAsync(receiver.Address);
        using (var sent = await browser.SubmitAsync(self + "/test"))
        {
            await receiver.NextAsync();
            var waiting = (await browser.GetPageAsync(sent.Headers.Location!.ToString())).QuerySelector("[data-testid=test-result]")!;
            waiting.GetAttribute("data-state").ShouldBe("Pending");
            waiting.GetAttribute("data-poll-url").ShouldStartWith(self + "?test=dl_");
            waiting.QuerySelector("a")!.TextContent.ShouldBe("Look again");
        }

        released.SetResult();
        await portal.UntilAsync(self.Split('/')[^1], rows => rows.All(row => row.State == DeliveryState.Delivered));
        await receiver.DisposeAsync();
        var result = (await TestAsync(browser, self)).QuerySelector("[data-testid=test-result]")!;
        result.TextContent.ShouldContain("nothing listens at this address");
        result.GetAttribute("data-poll-url").ShouldBeNull();
    }

    [Fact]
    public async Task The_log_is_filtered_and_paged()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var (browser, self) = await OpenAsync(receiver.Address);
        await TestAsync(browser, self);
        (await browser.SubmitAsync(self + "/pause")).Dispose();
        var webhook = await portal.SummaryAsync(self.Split('/')[^1]);
        await portal.PublishAsync(webhook.TeammateId, 54);
        await portal.UntilAsync(webhook.Id, rows => rows.Count == 55);

        var first = await browser.GetPageAsync(self);
        first.QuerySelectorAll("[data-testid=delivery-row]").Length.ShouldBe(DeliveryPage.Size);
        var second = await browser.GetPageAsync(first.QuerySelector(".pager [rel=next]")!.GetAttribute("href")!.Split('#')[0]);
        second.QuerySelectorAll("[data-testid=delivery-row]").Length.ShouldBe(5);
        second.QuerySelector(".pager [rel=next]").ShouldBeNull();
        var all = first.QuerySelectorAll("[data-testid=delivery-row]").Concat(second.QuerySelectorAll("[data-testid=delivery-row]")).Select(row => row.GetAttribute("data-delivery-id")).ToList();
        all.Distinct(StringComparer.Ordinal).Count().ShouldBe(55);

        (await RowsAsync(browser, self + "?state=Delivered")).ShouldHaveSingleItem().TextContent.ShouldContain("ping");
        (await RowsAsync(browser, self + "?state=Failed")).ShouldBeEmpty();
        (await RowsAsync(browser, self + "?state=Pending")).Count.ShouldBe(DeliveryPage.Size);
        (await RowsAsync(browser, self + "?state=99&after=nonsense")).Count.ShouldBe(DeliveryPage.Size);
    }

    [Fact]
    public async Task A_delivery_shows_request_and_answer_as_text_and_is_sent_again_with_the_same_id()
    {
        await using var receiver = await WebhookReceiver.StartAsync(async context =>
        {
            context.Response.StatusCode = 500;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<script>alert(1)</script><img src=x onerror=alert(2)>" + new string('x', 10_000));
        });
        var (browser, self) = await OpenAsync(receiver.Address);
        await TestAsync(browser, self);
        var row = (await RowsAsync(browser, self)).ShouldHaveSingleItem();
        var path = row.QuerySelector("a")!.GetAttribute("href")!;
        var page = await browser.GetPageAsync(path);
        page.QuerySelector("[data-testid=delivery-body]")!.TextContent.ShouldBe(receiver.All[0].Text);
        page.QuerySelector("[data-testid=attempt] pre")!.TextContent.ShouldContain($"webhook-signature: {receiver.All[0].Signature}");
        page.QuerySelector("[data-testid=attempt-answer]")!.TextContent.ShouldStartWith("<script>alert(1)</script><img");
        page.QuerySelectorAll("script:not([src]), img").ShouldBeEmpty();
        page.Body!.TextContent.ShouldContain("The first 8 KB");

        receiver.Answer = WebhookReceiver.Status(200);
        using (var resent = await browser.SubmitAsync(path + "/resend"))
            resent.Headers.Location!.ToString().ShouldBe(path);
        var rows = await portal.AttemptsAsync(self.Split('/')[^1], 2);
        rows.ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Delivered);
        receiver.All.Select(received => received.Id).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        page = await browser.GetPageAsync(path);
        page.QuerySelector("[data-testid=delivery-state]")!.TextContent.ShouldBe("Delivered");
        page.QuerySelectorAll("[data-testid=attempt]").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Everything_that_failed_since_a_time_is_sent_again_with_progress()
    {
        await using var receiver = await WebhookReceiver.StartAsync(WebhookReceiver.Status(503));
        var (browser, self) = await OpenAsync(receiver.Address);
        for (var i = 0; i < 3; i++)
            await TestAsync(browser, self);
        portal.Clock.Advance(TimeSpan.FromMinutes(5));
        (await browser.GetPageAsync(self)).Body!.TextContent.ShouldContain("3 were not delivered");

        receiver.Answer = WebhookReceiver.Status(200);
        using (var started = await browser.SubmitAsync(self + "/resend", ("hours", "1")))
            started.Headers.Location!.ToString().ShouldBe(self + "#resending");
        await portal.UntilAsync(self.Split('/')[^1], rows => rows.All(row => row.State == DeliveryState.Delivered));
        var page = await browser.GetPageAsync(self);
        var progress = page.QuerySelector("[data-testid=resending]")!;
        progress.TextContent.ShouldContain("3 of 3 delivered, 0 failed again");
        progress.QuerySelector("progress")!.GetAttribute("value").ShouldBe("3");
        page.QuerySelector("[data-testid=resend-all]").ShouldBeNull();
    }

    [Fact]
    public async Task The_checker_says_good_or_which_of_body_secret_and_time_is_wrong()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var added = await portal.AddAsync(receiver.Address);
        using var browser = await new PortalBrowser(portal).SignInAsync();
        var self = $"{Webhooks}/{added.Webhook.Id}";
        await browser.GetPageAsync(self);
        await TestAsync(browser, self);
        var got = receiver.All[0];
        var (secret, other) = (added.Secret.Reveal(), WebhookSecret.Generate().Reveal());
        var later = WebhookSignature.TimestampOf(portal.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));

        await ShouldFindAsync(got.Text, secret, "Good");
        await ShouldFindAsync(got.Text, "", "Good");
        await ShouldFindAsync($"\r\n{got.Text}\n", secret[6..], "Good");
        await ShouldFindAsync(got.Text, other, "Wrong", secretRight: false);
        await ShouldFindAsync(got.Text + "x", secret, "Wrong", bodyRight: false);
        await ShouldFindAsync(got.Text.Replace(",", ", ", StringComparison.Ordinal), secret, "Wrong", bodyRight: false);
        browser.Page!.QuerySelector("[data-testid=check-body-verdict]")!.TextContent.ShouldContain("wrote it again");
        await ShouldFindAsync(got.Text, secret, "Wrong", timestampRight: false, timestamp: later);
        await ShouldFindAsync("{}", other, "Wrong", bodyRight: false, secretRight: false, timestampRight: false, timestamp: later);
        await ShouldFindAsync(got.Text, secret, "HeaderMissing", id: "");
        await ShouldFindAsync(got.Text, secret, "HeaderMissing", timestamp: "");
        await ShouldFindAsync(got.Text, secret, "HeaderMissing", signature: "");
        await ShouldFindAsync(got.Text, secret, "HeaderUnreadable", timestamp: "yesterday");
        await ShouldFindAsync(got.Text, secret, "HeaderUnreadable", signature: got.Signature[..^3]);
        await ShouldFindAsync(got.Text, secret, "UnknownId", id: "evt_of_somebody_else");
        await ShouldFindAsync(got.Text, secret, "UnknownSignature", signature: "v1," + Convert.ToBase64String(new byte[32]));

        using (var refused = await browser.SubmitAsync(self + "/check", ("Headers", HeadersOf(got.Id, got.Timestamp, got.Signature)), ("Body", got.Text), ("Secret", "whsec_cut")))
            (await browser.ReadPageAsync(refused)).QuerySelector("#secret-error")!.TextContent.ShouldContain("not a whole secret");
        portal.Clock.Advance(TimeSpan.FromMinutes(7));
        await ShouldFindAsync(got.Text, secret, "Stale");
        browser.Page!.QuerySelector("[data-testid=check-result]")!.TextContent.ShouldContain("7 minutes ago");

        async Task ShouldFindAsync(
            string body, string secret, string finding, bool bodyRight = true, bool secretRight = true, bool timestampRight = true, string? id = null, string? timestamp = null, string? signature = null)
        {
            var headers = HeadersOf(id ?? got.Id, timestamp ?? got.Timestamp, signature ?? got.Signature);
            using var answer = await browser.SubmitAsync(self + "/check", ("Headers", headers), ("Body", body), ("Secret", secret));
            var page = await browser.ReadPageAsync(answer);
            page.QuerySelector("[data-testid=check-result]")!.GetAttribute("data-finding").ShouldBe(finding);
            if (secret.Length > 0)
                page.Source.Text.ShouldNotContain(secret[10..]);
            if (finding != "Wrong")
                return;
            page.QuerySelector("[data-testid=check-body-verdict]")!.GetAttribute("data-right").ShouldBe(bodyRight ? "true" : "false", body);
            page.QuerySelector("[data-testid=check-secret-verdict]")!.GetAttribute("data-right").ShouldBe(secretRight ? "true" : "false", body);
            page.QuerySelector("[data-testid=check-timestamp-verdict]")!.GetAttribute("data-right").ShouldBe(timestampRight ? "true" : "false", body);
        }
    }

    private static string HeadersOf(string id, string timestamp, string signature) => string.Join('\n', new[]
    {
        ("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", signature), ("content-type", "application/json"),
    }.Where(header => header.Item2.Length > 0).Select(header => $"{header.Item1}: {header.Item2}"));

    private async Task<(PortalBrowser Browser, string Self)> OpenAsync(string address)
    {
        var added = await portal.AddAsync(address);
        var browser = await new PortalBrowser(portal).SignInAsync();
        var self = $"{Webhooks}/{added.Webhook.Id}";
        await browser.GetPageAsync(self);
        return (browser, self);
    }

    // Presses "Send a test event" and reads the page when the result is there.
    private async Task<IDocument> TestAsync(PortalBrowser browser, string self)
    {
        using var sent = await browser.SubmitAsync(self + "/test");
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await portal.UntilAsync(self.Split('/')[^1], rows => rows.All(row => row.State != DeliveryState.Pending && row.ClaimId is null));
        return await browser.GetPageAsync(sent.Headers.Location!.ToString().Split('#')[0]);
    }

    private static async Task<List<IElement>> RowsAsync(PortalBrowser browser, string path) =>
        [.. (await browser.GetPageAsync(path)).QuerySelectorAll("[data-testid=delivery-row]")];
}
