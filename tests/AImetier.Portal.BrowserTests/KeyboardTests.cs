using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.BrowserTests.Pages;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>Everything on Settings &gt; Developer can be done without a pointer, with the focus in sight.</summary>
public sealed class KeyboardTests : BrowserTest
{
    [Fact]
    public async Task A_key_is_made_copied_hidden_and_revoked_with_the_keyboard_alone()
    {
        var page = await SignedInAsync();
        var teammate = await new HirePage(page, Portal).HireAsync("Kim");
        await page.GotoAsync(Portal.At("/settings"));
        var keys = new Keys(page);
        await keys.TabToAsync(page.GetByTestId("settings-developer-tile"));
        await keys.PressAsync("Enter");
        await Expect(page.GetByTestId("teammate-picker")).ToBeVisibleAsync();

        var developer = await new DeveloperPage(page, Portal).OpenAsync(teammate);
        await keys.TabToAsync(developer.Name);
        await keys.TypeAsync("Booking form");
        await keys.TabToAsync(developer.Generate);
        await keys.PressAsync("Enter");
        var key = await developer.ReadNewTokenAsync();

        using (var clipboard = await Clipboard.HoldAsync(page))
        {
            await keys.TabToAsync(developer.Copy);
            await keys.PressAsync("Enter");
            await Expect(developer.CopyResult).Not.ToBeEmptyAsync();
            (await clipboard.ReadAsync() == key).ShouldBeTrue("the clipboard holds the whole key");
            (await keys.FocusAsync()).ShouldBe("copy-token");
        }

        await keys.TabToAsync(developer.Hide);
        await keys.PressAsync("Enter");
        await Expect(developer.NewToken).ToHaveCountAsync(0);
        await Expect(developer.Main).ToBeFocusedAsync();

        await keys.TabToAsync(developer.Revoke);
        await keys.PressAsync("Enter");
        await Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
        (await page.EvaluateAsync<bool>("document.querySelector('dialog').contains(document.activeElement)")).ShouldBeTrue("the focus is in the question");
        await keys.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(developer.Revoke).ToBeFocusedAsync();

        await keys.PressAsync("Enter");
        await Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
        if (await keys.FocusAsync() != "confirm-revoke")
            await keys.TabToAsync(developer.ConfirmRevoke);
        await keys.PressAsync("Enter");
        await Expect(developer.RevokedRows).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_first_stop_leads_past_the_menu()
    {
        var page = await SignedInAsync();
        await page.GotoAsync(Portal.At("/settings"));
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("a.skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
    }
}
