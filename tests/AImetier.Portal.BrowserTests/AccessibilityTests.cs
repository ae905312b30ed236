using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.BrowserTests.Pages;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>Every page has no axe violation and does not scroll sideways: light and dark, at 320, 375 and 1280 pixels.</summary>
public sealed class AccessibilityTests : BrowserTest
{
    private const string ATeammate = "{teammate}";

    [Theory]
    [InlineData("/chat")]
    [InlineData("/teammates")]
    [InlineData("/teammates/hire")]
    [InlineData("/teammates/hire?suggestion=marketing")]
    [InlineData($"/teammates/{ATeammate}")]
    [InlineData($"/teammates/{ATeammate}/edit")]
    [InlineData($"/teammates/{ATeammate}/remove")]
    [InlineData("/connectors")]
    [InlineData("/needs-attention")]
    [InlineData("/settings")]
    [InlineData("/settings/general")]
    [InlineData("/settings/security")]
    [InlineData("/settings/security?kind=Keys&from=2020-01-01&to=2020-01-02")]
    [InlineData($"/settings/developer?teammate={ATeammate}")]
    [InlineData("/account/profile")]
    [InlineData("/account/security")]
    public async Task A_page_of_the_Portal_suits_everybody(string path)
    {
        var page = await SignedInAsync();
        var teammate = path.Contains(ATeammate, StringComparison.Ordinal) ? await new HirePage(page, Portal).HireAsync("Mia") : "";
        var answer = await page.GotoAsync(Portal.At(path.Replace(ATeammate, teammate, StringComparison.Ordinal)));

        answer!.Status.ShouldBe(200);
        await ShouldSuitEverybodyAsync(page);
    }

    [Fact]
    public async Task The_sign_in_page_suits_everybody_also_when_it_refuses()
    {
        var page = await (await OpenAsync()).NewPageAsync();
        await page.GotoAsync(Portal.At("/account/sign-in"));
        await ShouldSuitEverybodyAsync(page);

        await page.Locator("input[name=Email]").FillAsync("nobody@bakery.test");
        await page.Locator("input[name=Password]").FillAsync("not the password");
        await page.Locator("form[action='/account/sign-in'] button").ClickAsync();
        await Expect(page.Locator(".error").First).ToBeVisibleAsync();
        await ShouldSuitEverybodyAsync(page);
    }

    [Fact]
    public async Task A_teammate_form_that_refuses_suits_everybody()
    {
        var page = await SignedInAsync();
        await page.GotoAsync(Portal.At("/teammates/hire"));
        await page.Locator("input[name=Name]").FillAsync(new string('x', 500));
        await page.Locator("input[name=Role]").FillAsync("Front desk");
        ExpectStatus(400);
        await page.Locator("form:has(input[name=Role]) button").ClickAsync();
        await Expect(page.Locator("input[name=Name]")).ToHaveAttributeAsync("aria-invalid", "true");
        await ShouldSuitEverybodyAsync(page);
    }

    [Fact]
    public async Task The_keys_suit_everybody_new_refused_and_revoked()
    {
        var keys = await OpenKeysOfNewTeammateAsync(await SignedInAsync(), "Keys");
        await keys.GenerateAsync("A key with a rather long name, as people give them to things");
        await ShouldSuitEverybodyAsync(keys.Page);

        await keys.OpenAsync(keys.Teammate);
        await keys.Name.FillAsync(new string('x', 100));
        ExpectStatus(400);
        await keys.Generate.ClickAsync();
        await Expect(keys.Name).ToHaveAttributeAsync("aria-invalid", "true");
        await ShouldSuitEverybodyAsync(keys.Page);

        await keys.Page.GotoAsync(Portal.At(await keys.Revoke.First.GetAttributeAsync("href") ?? ""));
        await ShouldSuitEverybodyAsync(keys.Page);

        await keys.OpenAsync(keys.Teammate);
        await keys.Revoke.ClickAsync();
        await Expect(keys.Page.Locator("dialog[open]")).ToBeVisibleAsync();
        await ShouldSuitEverybodyAsync(keys.Page);

        await keys.ConfirmRevoke.ClickAsync();
        await Expect(keys.RevokedRows).ToHaveCountAsync(1);
        await ShouldSuitEverybodyAsync(keys.Page);
    }

    [Fact]
    public async Task A_paused_teammate_suits_everybody()
    {
        var page = await SignedInAsync();
        var teammate = await new HirePage(page, Portal).HireAsync("Paul");
        await page.GetByTestId("pause-teammate").ClickAsync();
        await Expect(page.GetByTestId("resume-teammate")).ToBeVisibleAsync();
        await ShouldSuitEverybodyAsync(page);

        await new DeveloperPage(page, Portal).OpenAsync(teammate);
        await ShouldSuitEverybodyAsync(page);
    }

    [Theory]
    [InlineData("/nothing-here", true)]
    [InlineData("/nothing-here", false)]
    [InlineData("/teammates/tm_00000000000000000000", true)]
    public async Task A_page_that_is_not_there_suits_everybody(string path, bool signedIn)
    {
        var page = signedIn ? await SignedInAsync() : await (await OpenAsync()).NewPageAsync();
        ExpectStatus(404);
        await page.GotoAsync(Portal.At(path));
        await Expect(page.GetByTestId("error-page")).ToBeVisibleAsync();
        await ShouldSuitEverybodyAsync(page);
    }

    [Fact]
    public async Task The_account_menu_suits_everybody_when_it_is_open()
    {
        var page = await SignedInAsync();
        await page.GotoAsync(Portal.At("/settings"));
        await page.Locator("details[data-menu] summary").ClickAsync();
        await ShouldSuitEverybodyAsync(page);
    }

    [Fact]
    public async Task A_page_with_a_fault_is_found()
    {
        var page = await (await OpenAsync()).NewPageAsync();
        await page.SetContentAsync("<!doctype html><title>Fault</title><p style='color: #ccc; inline-size: 90rem'>pale and wide</p><img src='data:,'>");

        var wrong = await Looks.CheckAsync(page);

        wrong.ShouldContain(line => line.Contains("color-contrast", StringComparison.Ordinal));
        wrong.ShouldContain(line => line.Contains("image-alt", StringComparison.Ordinal));
        wrong.ShouldContain(line => line.StartsWith("320 px: the page is", StringComparison.Ordinal));
    }

    internal static async Task ShouldSuitEverybodyAsync(IPage page) => (await Looks.CheckAsync(page)).ShouldBeEmpty(new Uri(page.Url).AbsolutePath);
}
