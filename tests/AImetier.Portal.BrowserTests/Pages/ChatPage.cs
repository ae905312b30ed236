using AImetier.Portal.BrowserTests.Host;
using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Pages;

/// <summary>Chat.</summary>
public sealed class ChatPage(IPage page, PortalProcess portal) : PortalPage(page, portal)
{
    public ILocator Input => Hook("chat-input");

    public ILocator Send => Hook("chat-send");

    public ILocator Stop => Hook("chat-stop");

    public ILocator Reply => Hook("chat-reply");

    public ILocator Error => Page.Locator("#chat-error");

    /// <summary>Opens the first page with a teammate picked.</summary>
    public async Task<ChatPage> OpenAsync(string teammate)
    {
        await Page.GotoAsync(Portal.At($"/chat?teammate={teammate}"));
        return this;
    }
}
