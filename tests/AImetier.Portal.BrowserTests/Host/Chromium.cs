using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>The machine's own Chromium; nothing is downloaded. One browser serves all tests that need no special one.</summary>
public static class Chromium
{
    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static readonly Lazy<Task<IPlaywright>> Driver = new(Playwright.CreateAsync);
    private static readonly Lazy<Task<IBrowser>> One = new(() => LaunchAsync());

    /// <summary>The browser that tests share, each with its own context.</summary>
    public static Task<IBrowser> SharedAsync() => One.Value;

    /// <summary>A browser that keeps pages alive to come back to, as a person's does; the automation would switch that off.</summary>
    public static Task<IBrowser> WithBackForwardCacheAsync() => LaunchAsync("--disable-back-forward-cache");

    /// <summary>A browser with a profile on disk.</summary>
    public static async Task<IBrowserContext> WithProfileAsync(string folder, params string[] flags) =>
        await (await Driver.Value).Chromium.LaunchPersistentContextAsync(folder, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Path(),
            Args = [.. Flags, .. flags],
            IgnoreDefaultArgs = ["--disable-back-forward-cache"],
        });

    private static async Task<IBrowser> LaunchAsync(params string[] without) =>
        await (await Driver.Value).Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Path(), Args = Flags, IgnoreDefaultArgs = without });

    private static string Path()
    {
        string?[] places = [Environment.GetEnvironmentVariable("PORTAL_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
        return places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is missing. tests/run installs it; or name one in PORTAL_CHROMIUM.");
    }
}
