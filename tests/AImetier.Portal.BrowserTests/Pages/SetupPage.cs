using AImetier.Portal.BrowserTests.Host;
using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Pages;

/// <summary>The first page of a new Portal.</summary>
public sealed class SetupPage(IPage page, PortalProcess portal) : PortalPage(page, portal)
{
    public ILocator Code => Page.Locator("input[name=Code]");

    /// <summary>Sends the form.</summary>
    public async Task TryAsync(string workspace, string email, string password)
    {
        await Page.Locator("input[name=WorkspaceName]").FillAsync(workspace);
        await Page.Locator("input[name=Email]").FillAsync(email);
        await Page.Locator("input[name=Password]").FillAsync(password);
        await Page.Locator("form[action='/setup'] button").ClickAsync();
    }

    /// <summary>Sends the form and arrives in the Portal.</summary>
    public async Task SetUpAsync(string workspace, string email, string password)
    {
        await TryAsync(workspace, email, password);
        await ArriveAsync("/teammates$");
    }
}
