using AImetier.Portal.BrowserTests.Host;
using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Pages;

/// <summary>Settings &gt; Developer.</summary>
public sealed class DeveloperPage(IPage page, PortalProcess portal) : PortalPage(page, portal)
{
    public ILocator Name => Hook("token-name");

    public ILocator Generate => Hook("generate-token");

    public ILocator NewToken => Hook("new-token");

    public ILocator Copy => Hook("copy-token");

    public ILocator CopyResult => Hook("copy-result");

    public ILocator Hide => Hook("token-saved");

    public ILocator Rows => Hook("token-row");

    public ILocator ActiveRows => Page.Locator("[data-testid=token-row]:has([data-testid=revoke-token])");

    public ILocator RevokedRows => Page.Locator("[data-testid=token-row]:not(:has([data-testid=revoke-token]))");

    public ILocator LastUsed => Hook("token-last-used");

    public ILocator Revoke => Hook("revoke-token");

    public ILocator ConfirmRevoke => Hook("confirm-revoke");

    public ILocator Sample => Hook("curl-sample");

    public ILocator Flash => Page.Locator(".flash");

    public ILocator Main => Page.Locator("main");

    /// <summary>The picked teammate.</summary>
    public string Teammate { get; private set; } = "";

    /// <summary>Opens the keys of a teammate.</summary>
    public async Task<DeveloperPage> OpenAsync(string teammate)
    {
        Teammate = teammate;
        await Page.GotoAsync(Portal.At($"/settings/developer?teammate={teammate}"));
        return this;
    }

    /// <summary>Types a name, presses Generate, and reads the new key.</summary>
    public async Task<string> GenerateAsync(string name = "")
    {
        await Name.FillAsync(name);
        await Generate.ClickAsync();
        return await ReadNewTokenAsync();
    }

    /// <summary>The key that is shown now.</summary>
    public async Task<string> ReadNewTokenAsync() => await NewToken.TextContentAsync() ?? "";
}
