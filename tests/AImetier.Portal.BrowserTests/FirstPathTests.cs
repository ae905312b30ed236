using System.Text.Json;
using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.BrowserTests.Pages;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>From the first start to the first call and the end of the key: what the owner of a bakery and a developer do, by hand.</summary>
public sealed class FirstPathTests : NewPortalTest
{
    [Fact]
    public async Task A_new_owner_sets_up_hires_hands_out_a_key_and_revokes_it()
    {
        var link = await Portal.SetupLinkAsync();
        var page = await (await OpenAsync()).NewPageAsync();
        await page.GotoAsync(link.AbsoluteUri);
        var setup = new SetupPage(page, Portal);
        await Expect(setup.Code).Not.ToBeEmptyAsync();
        page.Url.Contains('#', StringComparison.Ordinal).ShouldBeFalse("the code stays out of the address bar");
        await setup.SetUpAsync(PortalProcess.WorkspaceName, PortalProcess.OwnerEmail, Portal.OwnerPassword);

        await page.GetByTestId("hire-teammate").ClickAsync();
        await new HirePage(page, Portal).FillAsync("Mia");

        await page.Locator("nav a[href='/settings']").ClickAsync();
        await page.GetByTestId("settings-developer-tile").ClickAsync();
        var keys = new DeveloperPage(page, Portal);
        await Expect(keys.LastUsed).ToHaveCountAsync(0);
        var key = await keys.GenerateAsync("Booking form");
        key.Length.ShouldBe(72);
        await Expect(keys.LastUsed).ToHaveTextAsync("Never");

        using (var clipboard = await Clipboard.HoldAsync(page))
        {
            await keys.Copy.ClickAsync();
            await Expect(keys.CopyResult).ToContainTextAsync("Copied");
            await Expect(keys.CopyResult).ToHaveAttributeAsync("role", "status");
            (await clipboard.ReadAsync() == key).ShouldBeTrue("the clipboard holds the whole key");
        }

        await page.Locator("[data-secret-block] summary").ClickAsync();
        var sample = await keys.Sample.InnerTextAsync();
        sample.Contains(key, StringComparison.Ordinal).ShouldBeFalse("the sample names the variable, not the key");
        await ShouldBeAnsweredAsync(sample, key);

        await keys.Hide.ClickAsync();
        await page.ReloadAsync();
        await Expect(keys.LastUsed).ToContainTextAsync("just now");
        await Expect(keys.LastUsed).ToContainTextAsync("1 call");

        await keys.Revoke.ClickAsync();
        await Expect(page.Locator("dialog")).ToContainTextAsync("Booking form");
        await keys.ConfirmRevoke.ClickAsync();
        await Expect(keys.Flash).ToContainTextAsync("Booking form");
        await Expect(keys.ActiveRows).ToHaveCountAsync(0);
        await Expect(keys.RevokedRows).ToHaveCountAsync(1);
        await ShouldBeRefusedAsync(sample, key);
    }

    [Fact]
    public async Task The_same_path_works_with_scripts_switched_off()
    {
        var link = await Portal.SetupLinkAsync();
        var page = await (await OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false })).NewPageAsync();
        await page.GotoAsync(link.GetLeftPart(UriPartial.Path));
        var setup = new SetupPage(page, Portal);
        await setup.Code.FillAsync(link.Fragment["#code=".Length..]);
        await setup.SetUpAsync(PortalProcess.WorkspaceName, PortalProcess.OwnerEmail, Portal.OwnerPassword);

        await page.GetByTestId("hire-teammate").ClickAsync();
        await new HirePage(page, Portal).FillAsync("Mia");
        await new HirePage(page, Portal).HireAsync("Noah");

        await page.Locator("nav a[href='/settings']").ClickAsync();
        await page.GetByTestId("settings-developer-tile").ClickAsync();
        await page.GetByTestId("teammate-picker").SelectOptionAsync(new SelectOptionValue { Label = "Noah · Front desk" });
        await page.Locator("[data-autosubmit-button]").ClickAsync();
        var keys = new DeveloperPage(page, Portal);
        var key = await keys.GenerateAsync("Booking form");
        await page.Locator("[data-secret-block] summary").ClickAsync();
        var sample = await keys.Sample.InnerTextAsync();
        await ShouldBeAnsweredAsync(sample, key);

        await keys.Hide.ClickAsync();
        await Expect(keys.NewToken).ToHaveCountAsync(0);
        await Expect(keys.LastUsed).ToContainTextAsync("just now");

        await keys.Revoke.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Booking form");
        await keys.ConfirmRevoke.ClickAsync();
        await Expect(keys.RevokedRows).ToHaveCountAsync(1);
        await ShouldBeRefusedAsync(sample, key);
    }

    private static async Task ShouldBeAnsweredAsync(string sample, string key)
    {
        using var answer = JsonDocument.Parse(await Terminal.RunAsync(sample, key));
        var reply = answer.RootElement.GetProperty("reply");
        reply.GetProperty("status").GetString().ShouldBe("completed");
        reply.GetProperty("text").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    private static async Task ShouldBeRefusedAsync(string sample, string key)
    {
        using var answer = JsonDocument.Parse(await Terminal.RunAsync(sample, key));
        answer.RootElement.GetProperty("status").GetInt32().ShouldBe(401);
    }
}
