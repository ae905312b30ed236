using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>The clipboard, of which a browser has one for all its contexts: whoever compares it holds it meanwhile.</summary>
public sealed class Clipboard : IDisposable
{
    private static readonly SemaphoreSlim OneHolder = new(1, 1);
    private readonly IPage _page;

    private Clipboard(IPage page) => _page = page;

    /// <summary>Waits until no other test needs the clipboard, and lets this page read it.</summary>
    public static async Task<Clipboard> HoldAsync(IPage page)
    {
        await OneHolder.WaitAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        return new Clipboard(page);
    }

    public Task WriteAsync(string text) => _page.EvaluateAsync("text => navigator.clipboard.writeText(text)", text);

    public Task<string> ReadAsync() => _page.EvaluateAsync<string>("navigator.clipboard.readText()");

    /// <inheritdoc/>
    public void Dispose() => OneHolder.Release();
}
