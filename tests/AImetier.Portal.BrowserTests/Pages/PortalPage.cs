using System.Text.RegularExpressions;
using AImetier.Portal.BrowserTests.Host;
using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Pages;

/// <summary>What all page objects have: the tab, the Portal, and elements by their <c>data-testid</c>.</summary>
public abstract class PortalPage(IPage page, PortalProcess portal)
{
    /// <summary>The tab.</summary>
    public IPage Page { get; } = page;

    /// <summary>The Portal it shows.</summary>
    public PortalProcess Portal { get; } = portal;

    /// <summary>Waits until the address is one whose path fits.</summary>
    public Task ArriveAsync(string path) => Assertions.Expect(Page).ToHaveURLAsync(new Regex("^http://[^/]+" + path));

    /// <summary>An element by its hook.</summary>
    public ILocator Hook(string testId) => Page.GetByTestId(testId);
}
