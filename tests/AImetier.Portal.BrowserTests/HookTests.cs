using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.BrowserTests.Pages;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>An address at which another system hands work in, from adding it to removing it.</summary>
public sealed class HookTests : BrowserTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_is_added_tried_used_paused_and_removed(bool scripts)
    {
        var page = await SignedInAsync(new BrowserNewContextOptions { JavaScriptEnabled = scripts });
        var keys = await OpenKeysOfNewTeammateAsync(page, "Hanna");
        var hook = new HookPage(page, Portal);
        await page.Locator("#webhooks > summary").ClickAsync();
        await page.GetByTestId("hook-add").ClickAsync();
        await SuitsAsync(page, scripts);

        // What does not fit is said, and what was typed stays.
        await hook.Name.FillAsync("Booking form");
        await hook.Template.FillAsync("New booking from {{name}}");
        await hook.ProveByAsync("StandardWebhooks");
        ExpectStatus(400);
        await hook.Make.ClickAsync();
        await Expect(page.Locator(".error")).ToContainTextAsync("{{/name}}");
        await SuitsAsync(page, scripts);
        await hook.Template.FillAsync("New booking from {{/name}}: {{/message}}");
        await hook.Make.ClickAsync();

        var secret = await hook.Secret.InnerTextAsync();
        secret.ShouldStartWith("whsec_");
        var script = await hook.Curl.TextContentAsync() ?? "";
        script.ShouldNotContain(secret);
        await SuitsAsync(page, scripts);
        if (scripts)
        {
            using var clipboard = await Clipboard.HoldAsync(page);
            await page.Locator("[data-copy='#new-secret']").ClickAsync();
            await Expect(page.Locator("#copy-secret-result")).ToContainTextAsync("Copied");
            (await clipboard.ReadAsync() == secret).ShouldBeTrue("the clipboard holds the whole secret");
        }

        await hook.Hide.ClickAsync();
        await Expect(hook.Secret).ToHaveCountAsync(0);
        await hook.Sample.FillAsync("""{"name": "Zoé", "message": "{{/name}} & <b>two</b>"}""");
        await hook.Try.ClickAsync();
        await Expect(hook.Question).ToHaveTextAsync("New booking from Zoé: {{/name}} & <b>two</b>");
        await SuitsAsync(page, scripts);

        (await Terminal.RunAsync(script, "AIMETIER_HOOK_SECRET", secret)).ShouldContain("\"messageId\":\"msg_");
        (await Terminal.RunAsync(script, "AIMETIER_HOOK_SECRET", secret[..^4] + "AAA=")).ShouldContain("invalid_proof");
        var address = await hook.Address.InnerTextAsync();
        var self = Portal.At("/settings/developer/hooks/" + address.Split('/')[^1]);
        for (var reading = 0; reading == 0 || (reading < 200 && await hook.Refusals.CountAsync() == 0); reading++)
            await page.GotoAsync(self);
        await Expect(hook.Taken).ToContainTextAsync("just now");
        await Expect(hook.Refusals).ToHaveAttributeAsync("data-reason", "WrongSignature");
        await SuitsAsync(page, scripts);

        await page.GetByTestId("hook-pause").ClickAsync();
        (await Terminal.RunAsync(script, "AIMETIER_HOOK_SECRET", secret)).ShouldContain("hook_paused");
        await page.GetByTestId("hook-resume").ClickAsync();
        await Expect(page.GetByTestId("hook-pause")).ToBeVisibleAsync();

        await keys.OpenAsync(keys.Teammate);
        await Expect(hook.Rows).ToHaveCountAsync(1);
        await Expect(hook.Rows).ToContainTextAsync("1 in 24 hours");
        await SuitsAsync(page, scripts);
        await hook.Rows.GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByTestId("hook-remove").ClickAsync();
        await Expect(page.Locator(scripts ? "dialog[open] h1" : "h1")).ToHaveTextAsync("Remove “Booking form”?");
        await SuitsAsync(page, scripts);
        await page.GetByTestId("confirm-remove-hook").ClickAsync();
        await Expect(hook.Rows).ToHaveCountAsync(0);
        await Expect(keys.Flash).ToContainTextAsync("Booking form");
        (await Terminal.RunAsync(script, "AIMETIER_HOOK_SECRET", secret)).ShouldContain("invalid_proof");

        await page.GotoAsync(Portal.At("/chat"));
        await Expect(page.Locator("main")).ToContainTextAsync("Asked through the address “Booking form”");
    }

    private static Task SuitsAsync(IPage page, bool scripts) => scripts ? AccessibilityTests.ShouldSuitEverybodyAsync(page) : Task.CompletedTask;
}
