using AImetier.Portal.BrowserTests.Host;
using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Pages;

/// <summary>An incoming address: its form, and its page.</summary>
public sealed class HookPage(IPage page, PortalProcess portal) : PortalPage(page, portal)
{
    public ILocator Name => Hook("hook-name");

    public ILocator Template => Hook("hook-template");

    public ILocator Make => Hook("hook-make");

    public ILocator Secret => Hook("hook-secret");

    public ILocator Hide => Hook("hook-secret-saved");

    public ILocator Address => Hook("hook-address");

    public ILocator Curl => Hook("hook-curl");

    public ILocator Sample => Hook("hook-sample");

    public ILocator Try => Hook("hook-try");

    public ILocator Question => Hook("hook-question");

    public ILocator Save => Hook("hook-save");

    public ILocator Taken => Hook("hook-taken");

    public ILocator Refusals => Hook("hook-refusal");

    public ILocator Rows => Hook("hook-row");

    /// <summary>Chooses how the sender proves itself.</summary>
    public Task ProveByAsync(string proof) => Page.Locator($"input[name=Proof][value={proof}]").CheckAsync();
}
