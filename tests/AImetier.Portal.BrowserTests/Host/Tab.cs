using System.Text.Json;
using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>
/// A tab driven through the browser's own protocol, because the automation loses a page that comes back from the browser's memory
/// without loading (the back/forward cache).
/// </summary>
/// <remarks>Chrome DevTools Protocol, domain Page.</remarks>
public sealed class Tab
{
    private const string Everything =
        """
        [document.documentElement.outerHTML, document.body?.innerText, location.href, document.cookie, JSON.stringify(history.state),
          ...[...document.querySelectorAll("input, textarea")].map((field) => field.value),
          ...["localStorage", "sessionStorage"].map((store) => { try { return JSON.stringify(window[store]); } catch { return ""; } })].join("\n")
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(Chromium.Patience);
    private readonly ICDPSession _tools;

    private Tab(IPage page, ICDPSession tools)
    {
        Page = page;
        _tools = tools;
    }

    /// <summary>The page, for as long as it has not come back from memory.</summary>
    public IPage Page { get; }

    /// <summary>Opens an empty tab.</summary>
    public static async Task<Tab> OpenAsync(IBrowserContext context) => await OfAsync(await context.NewPageAsync());

    /// <summary>Opens a tab with an address.</summary>
    public static async Task<Tab> OpenAsync(IBrowserContext context, string address)
    {
        var tab = await OpenAsync(context);
        await tab.GoAsync(address);
        return tab;
    }

    /// <summary>Takes a page.</summary>
    public static async Task<Tab> OfAsync(IPage page)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("Page.enable");
        return new Tab(page, tools);
    }

    /// <summary>Waits until the page has loaded.</summary>
    public Task LoadedAsync() => EvaluateAsync("new Promise((loaded) => document.readyState === 'complete' ? loaded() : addEventListener('load', loaded))");

    /// <summary>Its address.</summary>
    public async Task<string> AddressAsync() => await EvaluateAsync("location.href");

    /// <summary>Goes to an address.</summary>
    public Task GoAsync(string address) => ArriveAsync("Page.navigate", new() { ["url"] = address });

    /// <summary>Loads the page again.</summary>
    public Task ReloadAsync() => ArriveAsync("Page.reload", []);

    /// <summary>Goes back (below zero) or forward in the history.</summary>
    public async Task WalkAsync(int steps)
    {
        var history = (await _tools.SendAsync("Page.getNavigationHistory"))!.Value;
        var place = history.GetProperty("currentIndex").GetInt32() + steps;
        await ArriveAsync("Page.navigateToHistoryEntry", new() { ["entryId"] = history.GetProperty("entries")[place].GetProperty("id").GetInt32() });
    }

    /// <summary>Lets the page's process crash.</summary>
    public async Task CrashAsync()
    {
        var crashed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Page.Crash += (_, _) => crashed.TrySetResult();
        _ = _tools.SendAsync("Page.crash").ContinueWith(static never => never.Exception, TaskScheduler.Default);
        await crashed.Task.WaitAsync(Patience);
    }

    /// <summary>Whether a text is anywhere in the page: markup, text, fields, address, cookies, storage.</summary>
    public async Task<bool> HoldsAsync(string text) => (await EvaluateAsync(Everything)).Contains(text, StringComparison.Ordinal);

    /// <summary>Runs an expression and waits for its promise.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        var answer = await _tools.SendAsync("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        return answer!.Value.GetProperty("result").TryGetProperty("value", out var value) ? value.ToString() : "";
    }

    // A page from memory is there at once; any other is there when it has loaded.
    private async Task ArriveAsync(string method, Dictionary<string, object> args)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var navigated = _tools.Event("Page.frameNavigated");
        var loaded = _tools.Event("Page.loadEventFired");
        var ours = false;
        navigated.OnEvent += Navigated;
        loaded.OnEvent += Loaded;
        await _tools.SendAsync(method, args);
        await arrived.Task.WaitAsync(Patience);
        navigated.OnEvent -= Navigated;
        loaded.OnEvent -= Loaded;

        void Navigated(object? sender, JsonElement? happened)
        {
            ours = true;
            if (happened?.GetProperty("type").GetString() == "BackForwardCacheRestore")
                arrived.TrySetResult();
        }

        void Loaded(object? sender, JsonElement? happened)
        {
            if (ours)
                arrived.TrySetResult();
        }
    }
}
