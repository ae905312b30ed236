using System.Collections.Concurrent;
using AImetier.Portal.BrowserTests.Host;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>The Developer reference in a real browser: for everybody, without a pointer, without scripts, and with calls that are really made.</summary>
public sealed class ReferenceTests : BrowserTest
{
    [Theory]
    [InlineData("/developers", 200)]
    [InlineData("/developers/quickstart", 200)]
    [InlineData("/developers/api-conversations", 200)]
    [InlineData("/developers/errors", 200)]
    [InlineData("/developers/search?q=idempotency", 200)]
    [InlineData("/developers/nothing-here", 404)]
    public async Task A_page_of_the_reference_suits_everybody(string path, int status)
    {
        var page = await (await OpenAsync()).NewPageAsync();
        if (status != 200)
            ExpectStatus(status);
        (await page.GotoAsync(Portal.At(path)))!.Status.ShouldBe(status);
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
    }

    [Fact]
    public async Task With_the_keyboard_alone_a_sample_is_found_chosen_and_copied_and_the_language_stays()
    {
        var page = await (await OpenAsync()).NewPageAsync();
        var keys = new Keys(page);
        await page.GotoAsync(Portal.At("/developers"));
        await keys.TabToAsync(page.GetByTestId("manual-search"));
        await keys.TypeAsync("ask for work");
        await keys.PressAsync("Enter");
        var hit = page.GetByTestId("manual-hit").GetByRole(AriaRole.Link).First;
        await Expect(hit).ToBeVisibleAsync();
        await keys.TabToAsync(hit);
        await page.GotoAsync(Portal.At("/developers/quickstart#ask-for-work"));

        var panel = page.Locator(".panel:has(.tabs)").First;
        await keys.TabToAsync(panel.GetByRole(AriaRole.Radio, new() { Name = "curl" }));
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("ArrowRight");
        await keys.PressAsync("ArrowRight");
        await Expect(panel.Locator("[data-language=python]")).ToBeVisibleAsync();
        await Expect(panel.Locator("[data-language=bash]")).ToBeHiddenAsync();

        using (var clipboard = await Clipboard.HoldAsync(page))
        {
            await keys.TabToAsync(panel.Locator("[data-language=python] button"));
            await keys.PressAsync("Enter");
            await Expect(panel.Locator("[data-language=python] [role=status]")).ToHaveTextAsync("Copied.");
            (await clipboard.ReadAsync()).ShouldBe((await panel.Locator("[data-language=python] pre").TextContentAsync())!.Trim());
        }

        await page.GotoAsync(Portal.At("/developers/streaming"));
        await Expect(page.Locator(".pane[data-language=python]").First).ToBeVisibleAsync();
        await Expect(page.Locator(".panel:has(.tabs) .pane[data-language=bash]").First).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Without_scripts_the_reference_is_read_searched_and_a_language_is_chosen()
    {
        var page = await (await OpenAsync(new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 375, Height = 800 } })).NewPageAsync();
        await page.GotoAsync(Portal.At("/developers"));
        var contents = page.GetByTestId("manual-contents");
        await Expect(contents).ToBeHiddenAsync();
        await page.Locator(".unfold summary").ClickAsync();
        await contents.GetByRole(AriaRole.Link, new() { Name = "Quickstart" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Quickstart");

        var panel = page.Locator(".panel:has(.tabs)").First;
        await panel.GetByText("JavaScript", new() { Exact = true }).ClickAsync();
        await Expect(panel.Locator("[data-language=javascript]")).ToBeVisibleAsync();
        await Expect(panel.Locator("[data-language=bash]")).ToBeHiddenAsync();

        await page.GetByTestId("manual-search").FillAsync("daily_limit");
        await page.Locator(".find button").ClickAsync();
        await page.GetByTestId("manual-hit").GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.Locator("#daily_limit")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_call_is_tried_and_nothing_asks_anybody_else()
    {
        var page = await SignedInAsync();
        var developer = await OpenKeysOfNewTeammateAsync(page, "Tia");
        var key = await developer.GenerateAsync("Trying");
        var asked = new ConcurrentBag<string>();
        page.Context.Request += (_, request) => asked.Add(request.Url);

        await page.GotoAsync(Portal.At("/developers/api-key"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Try this call" }).First.ClickAsync();
        await page.GetByPlaceholder("Token").First.FillAsync(key);
        await page.Locator("[id$='GET/api/v1/me'] button.show-api-client-button").First.ClickAsync();
        var answered = page.WaitForResponseAsync(response => response.Url == Portal.At("/api/v1/me"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync();

        (await answered).Status.ShouldBe(200);
        asked.Where(address => !address.StartsWith(Portal.Address.AbsoluteUri, StringComparison.Ordinal) && !address.StartsWith("data:", StringComparison.Ordinal) && !address.StartsWith("blob:", StringComparison.Ordinal))
            .ShouldBeEmpty();
        (await page.EvaluateAsync<string>("JSON.stringify([localStorage, sessionStorage])")).ShouldNotContain(key);
    }

    [Fact]
    public async Task From_Settings_the_samples_are_those_of_the_picked_teammate()
    {
        var page = await SignedInAsync();
        var developer = await OpenKeysOfNewTeammateAsync(page, "Rita");
        await page.GetByTestId("developer-reference").ClickAsync();
        await Expect(page.GetByTestId("manual-filled")).ToContainTextAsync("Rita");
        await page.GetByTestId("manual-contents").GetByRole(AriaRole.Link, new() { Name = "Quickstart" }).ClickAsync();
        await Expect(page.Locator("article")).ToContainTextAsync($"/api/v1/teammates/{developer.Teammate}/messages");
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
    }
}
