using AImetier.Portal.BrowserTests.Host;
using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Pages;

/// <summary>Hiring.</summary>
public sealed class HirePage(IPage page, PortalProcess portal) : PortalPage(page, portal)
{
    /// <summary>Hires from the form's own address.</summary>
    /// <returns>Id of the teammate.</returns>
    public async Task<string> HireAsync(string name)
    {
        await Page.GotoAsync(Portal.At("/teammates/hire"));
        return await FillAsync(name);
    }

    /// <summary>Fills the form that is open.</summary>
    /// <returns>Id of the teammate.</returns>
    public async Task<string> FillAsync(string name)
    {
        await Page.Locator("input[name=Name]").FillAsync(name);
        await Page.Locator("input[name=Role]").FillAsync("Front desk");
        await Page.Locator("textarea[name=Instructions]").FillAsync("Answer in a friendly way.");
        await Page.Locator("form:has(input[name=Role]) button").ClickAsync();
        await ArriveAsync("/teammates/tm_");
        return new Uri(Page.Url).Segments[^1];
    }
}
