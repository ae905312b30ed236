using System.Text.RegularExpressions;
using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.BrowserTests.Pages;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>The outgoing half of the Webhook section, as someone uses it who sets up a first endpoint.</summary>
public sealed class WebhookTests : BrowserTest
{
    [Fact]
    public async Task A_first_endpoint_is_added_tried_mended_and_removed()
    {
        await using var site = await WebhookSite.StartAsync();
        var page = await SignedInAsync();
        var teammate = await OpenAsync(page, "Wanda");
        await Expect(page.GetByTestId("webhook-url")).ToBeHiddenAsync();
        await page.Locator("#webhooks > summary").ClickAsync();

        // Refused, then added; the secret is in sight, and gone when the page is left.
        ExpectStatus(400);
        await page.GetByTestId("webhook-url").FillAsync("http://10.0.0.5/hooks");
        await page.GetByTestId("webhook-add").ClickAsync();
        await Expect(page.Locator("#url-error")).ToContainTextAsync("not public");
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
        var secret = await AddAsync(page, site.Address);
        await Expect(page.GetByTestId("webhook-secret")).ToBeInViewportAsync();
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
        ExpectNoSecondSending();
        await page.GetByTestId("webhook-next").ClickAsync();
        await Expect(page.GetByTestId("webhook-test")).ToBeVisibleAsync();
        var self = page.Url;
        var tab = await Tab.OfAsync(page);
        await tab.WalkAsync(-1);
        (await tab.HoldsAsync(secret[6..])).ShouldBeFalse();
        await page.GotoAsync(self);
        (await tab.HoldsAsync(secret[6..])).ShouldBeFalse();

        // A test event: the result comes without loading the page again.
        await page.GetByTestId("webhook-test").ClickAsync();
        await Expect(page.GetByTestId("test-result")).ToHaveAttributeAsync("data-state", "Delivered");
        await Expect(page.GetByTestId("test-result")).ToContainTextAsync("answered 200");
        site.Bodies.ShouldHaveSingleItem().ShouldContain("\"type\":\"ping\"");
        site.Status = 500;
        await page.GetByTestId("webhook-test").ClickAsync();
        await Expect(page.GetByTestId("test-result")).ToHaveAttributeAsync("data-state", "Failed");
        await page.ReloadAsync();
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);

        // What failed is looked at, and sent again when the receiver is mended.
        await page.Locator("[data-testid=delivery-row][data-state=Failed] a").ClickAsync();
        await Expect(page.GetByTestId("attempt-answer")).ToHaveTextAsync("<script>alert(1)</script> received");
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
        var (headers, body) = (await page.GetByTestId("attempt").Locator("pre").First.InnerTextAsync(), await page.GetByTestId("delivery-body").InnerTextAsync());
        site.Status = 204;
        await page.GotoAsync(self);
        await page.GetByTestId("resend-all").ClickAsync();
        await Expect(page.GetByTestId("resending")).ToHaveAttributeAsync("data-done", "true");
        await Expect(page.GetByTestId("resending")).ToContainTextAsync("1 of 1 delivered");

        // The developer's signature check fails: the page says why.
        await CheckAsync(page, headers, body.Replace(",\"", ", \"", StringComparison.Ordinal), secret);
        await Expect(page.GetByTestId("check-result")).ToBeInViewportAsync();
        await Expect(page.GetByTestId("check-body-verdict")).ToContainTextAsync("wrote it again");
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
        await CheckAsync(page, headers, body, secret);
        await Expect(page.GetByTestId("check-result")).ToHaveAttributeAsync("data-finding", "Good");

        await page.GetByTestId("webhook-replace-secret").ClickAsync();
        (await page.GetByTestId("webhook-secret").TextContentAsync()).ShouldNotBe(secret);
        await page.GetByTestId("webhook-saved").ClickAsync();
        await Expect(page.GetByTestId("webhook-secret")).ToHaveCountAsync(0);
        await page.GotoAsync(self);
        await page.GetByTestId("webhook-pause").ClickAsync();
        await Expect(page.GetByTestId("webhook-state")).ToHaveTextAsync("Paused");
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
        await page.GetByTestId("webhook-edit").ClickAsync();
        await page.GetByTestId("webhook-note").FillAsync("Shop");
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
        await page.GetByTestId("webhook-save").ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Shop");
        await page.GetByTestId("webhook-remove").ClickAsync();
        await Expect(page.Locator("dialog[open]")).ToContainTextAsync("Remove Shop?");
        await page.GetByTestId("confirm-remove-webhook").ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("Shop is removed");
        page.Url.ShouldContain(teammate);
        await Expect(page.GetByTestId("webhook-row")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task All_of_it_works_without_scripts()
    {
        await using var site = await WebhookSite.StartAsync();
        var page = await SignedInAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });
        await OpenAsync(page, "Nora");
        await page.Locator("#webhooks > summary").ClickAsync();
        var secret = await AddAsync(page, site.Address);
        await page.GetByTestId("webhook-next").ClickAsync();
        var self = page.Url;
        site.Status = 500;
        await TestAsync(page, "Failed");
        site.Status = 200;
        await TestAsync(page, "Delivered");

        await page.Locator("[data-testid=delivery-filter]").SelectOptionAsync("Failed");
        await page.Locator("[data-autosubmit-button]").ClickAsync();
        await page.GetByTestId("delivery-row").Locator("a").ClickAsync();
        var (headers, body) = (await page.GetByTestId("attempt").Locator("pre").First.InnerTextAsync(), await page.GetByTestId("delivery-body").InnerTextAsync());
        await page.GetByTestId("resend").ClickAsync();
        await ReloadUntilAsync(page, page.GetByTestId("delivery-state"), "Delivered");

        await page.GotoAsync(self);
        await CheckAsync(page, headers, body, secret);
        await Expect(page.GetByTestId("check-result")).ToHaveAttributeAsync("data-finding", "Good");
        await page.GetByTestId("webhook-replace-secret").ClickAsync();
        (await page.GetByTestId("webhook-secret").TextContentAsync()).ShouldNotBe(secret);
        await page.GetByTestId("webhook-saved").ClickAsync();
        await Expect(page).ToHaveURLAsync(self);
        await Expect(page.GetByTestId("webhook-secret")).ToHaveCountAsync(0);
        await page.GetByTestId("webhook-remove").ClickAsync();
        await page.GetByTestId("confirm-remove-webhook").ClickAsync();
        await Expect(page.Locator(".flash")).ToContainTextAsync("is removed");
    }

    private async Task<string> OpenAsync(IPage page, string name)
    {
        var teammate = await new HirePage(page, Portal).HireAsync(name);
        await page.GotoAsync(Portal.At($"/settings/developer?teammate={teammate}"));
        return teammate;
    }

    private static async Task<string> AddAsync(IPage page, string address)
    {
        await page.GetByTestId("webhook-url").FillAsync(address);
        await page.GetByTestId("webhook-add").ClickAsync();
        await Expect(page.GetByTestId("webhook-row")).ToHaveCountAsync(1);
        var secret = await page.GetByTestId("webhook-secret").TextContentAsync() ?? "";
        secret.ShouldMatch("^whsec_[A-Za-z0-9+/]{43}=$");
        return secret;
    }

    private static async Task TestAsync(IPage page, string state)
    {
        await page.GetByTestId("webhook-test").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("test=dl_"));
        await ReloadUntilAsync(page, page.Locator($"[data-testid=test-result][data-state={state}]"), "");
    }

    // Without scripts a page stays as it was: it is read again until the sender is done.
    private static async Task ReloadUntilAsync(IPage page, ILocator place, string text)
    {
        for (var reading = 0; reading < 200 && !(await place.CountAsync() == 1 && (await place.InnerTextAsync()).Contains(text, StringComparison.Ordinal)); reading++)
            await page.ReloadAsync();
        await Expect(place).ToContainTextAsync(text);
    }

    private static async Task CheckAsync(IPage page, string headers, string body, string secret)
    {
        await page.GetByTestId("check-headers").FillAsync(headers);
        await page.GetByTestId("check-body").FillAsync(body);
        await page.GetByTestId("check-secret").FillAsync(secret);
        await page.GetByTestId("check-signature").ClickAsync();
        await Expect(page.GetByTestId("check-result")).ToBeVisibleAsync();
    }
}
