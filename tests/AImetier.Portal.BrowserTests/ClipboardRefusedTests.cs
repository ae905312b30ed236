using AImetier.Portal.BrowserTests.Host;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>Where the browser does not let a page copy, the key is selected and the person is told which keys to press.</summary>
public sealed class ClipboardRefusedTests : BrowserTest
{
    [Fact]
    public async Task Copying_that_the_browser_denies_selects_the_key_and_says_so()
    {
        var page = await SignedInAsync();
        // Granting one permission denies all others.
        await page.Context.GrantPermissionsAsync(["geolocation"]);
        await ShouldSelectAsync(page);
    }

    [Fact]
    public async Task Copying_without_a_clipboard_as_on_plain_http_selects_the_key_and_says_so()
    {
        var context = await OpenAsync();
        await context.AddInitScriptAsync("Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })");
        await ShouldSelectAsync(await SignInAsync(context));
    }

    private async Task ShouldSelectAsync(IPage page)
    {
        var keys = await OpenKeysOfNewTeammateAsync(page, "Clip");
        var key = await keys.GenerateAsync();
        await keys.Copy.ClickAsync();

        await Expect(keys.CopyResult).ToContainTextAsync("Ctrl+C");
        (await page.EvaluateAsync<string>("getSelection().toString().trim()") == key).ShouldBeTrue("exactly the key is selected");

        using var clipboard = await Clipboard.HoldAsync(page);
        await page.Keyboard.PressAsync("Control+C");
        await keys.Name.FocusAsync();
        await page.Keyboard.PressAsync("Control+V");
        (await keys.Name.InputValueAsync() == key).ShouldBeTrue("the keys that the page names do copy it");
    }
}
