using AImetier.Portal.BrowserTests.Pages;
using Microsoft.Playwright;
using Xunit;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>A test in the shared Portal and the shared browser, with its own contexts. Whatever a page says in its console fails the test.</summary>
public abstract class BrowserTest : IAsyncLifetime
{
    private static readonly Lazy<Task<PortalProcess>> Shared = new(() => PortalProcess.StartAsync());
    private static readonly Lazy<Task<string>> SharedSession = new(SignInOnceAsync);
    private readonly List<(IBrowserContext Context, PageWatch Watch)> _opened = [];

    /// <summary>The Portal under test.</summary>
    protected PortalProcess Portal { get; private set; } = null!;

    /// <inheritdoc/>
    public virtual async Task InitializeAsync() => Portal = await PortalAsync();

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        foreach (var (context, _) in _opened)
            await context.CloseAsync();
        foreach (var (_, watch) in _opened)
            watch.ShouldBeSilent();
    }

    /// <summary>Which Portal: the shared one.</summary>
    protected virtual Task<PortalProcess> PortalAsync() => Shared.Value;

    /// <summary>Opens a context of the shared browser, or takes one that the test opened, and watches it.</summary>
    protected async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null, IBrowser? browser = null)
    {
        options ??= new BrowserNewContextOptions();
        options.Locale ??= "en-US";
        return Watched(await (browser ?? await Chromium.SharedAsync()).NewContextAsync(options));
    }

    /// <summary>Watches a context and closes it at the end.</summary>
    protected IBrowserContext Watched(IBrowserContext context)
    {
        context.SetDefaultTimeout(Chromium.Patience);
        _opened.Add((context, new PageWatch(context)));
        return context;
    }

    /// <summary>Expects an answer with this status on some page.</summary>
    protected void ExpectStatus(int status) => _opened.ForEach(opened => opened.Watch.Expect(status));

    /// <summary>Expects the browser to refuse to send a form again.</summary>
    protected void ExpectNoSecondSending() => _opened.ForEach(opened => opened.Watch.ExpectNoSecondSending());

    /// <summary>Expects a request that does not reach the Portal.</summary>
    protected void ExpectFailedRequest() => _opened.ForEach(opened => opened.Watch.ExpectFailedRequest());

    /// <summary>An empty page of the shared Portal with the owner signed in, in a session that tests share. Who ends or ages it signs in alone.</summary>
    protected async Task<IPage> SignedInAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.StorageState = await SharedSession.Value;
        return await (await OpenAsync(options)).NewPageAsync();
    }

    /// <summary>A page of this context with the owner signed in, in a session of its own.</summary>
    protected async Task<IPage> SignInAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await new SignInPage(page, Portal).SignInAsync(PortalProcess.OwnerEmail, Portal.OwnerPassword);
        return page;
    }

    /// <summary>Hires a teammate of the test's own and opens its keys.</summary>
    protected async Task<DeveloperPage> OpenKeysOfNewTeammateAsync(IPage page, string name)
    {
        var teammate = await new HirePage(page, Portal).HireAsync(name);
        return await new DeveloperPage(page, Portal).OpenAsync(teammate);
    }

    private static async Task<string> SignInOnceAsync()
    {
        await using var context = await (await Chromium.SharedAsync()).NewContextAsync();
        context.SetDefaultTimeout(Chromium.Patience);
        var portal = await Shared.Value;
        await new SignInPage(await context.NewPageAsync(), portal).SignInAsync(PortalProcess.OwnerEmail, portal.OwnerPassword);
        return await context.StorageStateAsync();
    }
}
