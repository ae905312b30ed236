using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.BrowserTests.Pages;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>The pages that only a new Portal has suit everybody too.</summary>
public sealed class NewPortalAccessibilityTests : NewPortalTest
{
    [Fact]
    public async Task Set_up_and_the_empty_pages_suit_everybody()
    {
        var page = await (await OpenAsync()).NewPageAsync();
        await page.GotoAsync((await Portal.SetupLinkAsync()).AbsoluteUri);
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);

        var setup = new SetupPage(page, Portal);
        await setup.TryAsync(PortalProcess.WorkspaceName, PortalProcess.OwnerEmail, "too short");
        await Expect(page.Locator(".error").First).ToBeVisibleAsync();
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);

        await setup.SetUpAsync(PortalProcess.WorkspaceName, PortalProcess.OwnerEmail, Portal.OwnerPassword);
        await Expect(page.GetByTestId("no-teammates")).ToBeVisibleAsync();
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);

        await page.GotoAsync(Portal.At("/settings/developer"));
        await Expect(page.GetByTestId("no-teammates")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("generate-token")).ToHaveCountAsync(0);
        await AccessibilityTests.ShouldSuitEverybodyAsync(page);
    }
}
