using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.BrowserTests.Pages;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>One form makes one key, however often it is sent.</summary>
public sealed class OneKeyPerFormTests : BrowserTest
{
    [Fact]
    public async Task Two_presses_make_two_keys()
    {
        var keys = await OpenKeysOfNewTeammateAsync(await SignedInAsync(), "Twice");
        var first = await keys.GenerateAsync();
        await keys.OpenAsync(keys.Teammate);
        var second = await keys.GenerateAsync();

        (first == second).ShouldBeFalse();
        await Expect(keys.ActiveRows).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_double_click_makes_one_key()
    {
        var keys = await OpenKeysOfNewTeammateAsync(await SignedInAsync(), "Double");
        await keys.Generate.DblClickAsync();

        await Expect(keys.NewToken).ToBeVisibleAsync();
        await Expect(keys.ActiveRows).ToHaveCountAsync(1);
        await keys.OpenAsync(keys.Teammate);
        await Expect(keys.ActiveRows).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Enter_held_down_makes_one_key()
    {
        var keys = await OpenKeysOfNewTeammateAsync(await SignedInAsync(), "Held");
        await keys.Name.FocusAsync();
        for (var repeat = 0; repeat < 20; repeat++)
            await keys.Page.Keyboard.DownAsync("Enter");
        await keys.Page.Keyboard.UpAsync("Enter");

        await Expect(keys.NewToken).ToBeVisibleAsync();
        await keys.OpenAsync(keys.Teammate);
        await Expect(keys.ActiveRows).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_same_form_sent_from_a_second_tab_says_already_created()
    {
        var page = await SignedInAsync();
        var keys = await OpenKeysOfNewTeammateAsync(page, "Tabs");
        var duplicate = await new DeveloperPage(await page.Context.NewPageAsync(), Portal).OpenAsync(keys.Teammate);
        var nonce = await page.Locator("form.make input[name=Nonce]").InputValueAsync();
        await duplicate.Page.Locator("form.make input[name=Nonce]").EvaluateAsync("(field, nonce) => field.value = nonce", nonce);

        await keys.GenerateAsync("Booking form");
        await duplicate.Generate.ClickAsync();

        await Expect(duplicate.Flash).ToContainTextAsync("already created");
        await Expect(duplicate.NewToken).ToHaveCountAsync(0);
        await Expect(duplicate.ActiveRows).ToHaveCountAsync(1);
    }
}
