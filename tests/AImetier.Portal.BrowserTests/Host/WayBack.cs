using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>A way in which people come back to what they saw before.</summary>
/// <param name="Name">What the person does.</param>
/// <param name="Go">Does it in the tab that shows the secret; returns the tab to look at.</param>
public sealed record WayBack(string Name, Func<Tab, Task<Tab>> Go)
{
    /// <summary>All ways.</summary>
    public static IReadOnlyList<WayBack> All { get; } =
    [
        new("back from another page", async tab =>
        {
            await LeaveAsync(tab);
            await tab.WalkAsync(-1);
            return tab;
        }),
        new("back from an empty page", async tab =>
        {
            await tab.GoAsync("about:blank");
            await tab.WalkAsync(-1);
            return tab;
        }),
        new("back, and then forward to it", async tab =>
        {
            await tab.WalkAsync(-1);
            await tab.WalkAsync(+1);
            return tab;
        }),
        new("back, forward, back", async tab =>
        {
            await LeaveAsync(tab);
            await tab.WalkAsync(-1);
            await tab.WalkAsync(+1);
            await tab.WalkAsync(-1);
            return tab;
        }),
        new("reload", async tab =>
        {
            await tab.ReloadAsync();
            return tab;
        }),
        new("back, then reload", async tab =>
        {
            await LeaveAsync(tab);
            await tab.WalkAsync(-1);
            await tab.ReloadAsync();
            return tab;
        }),
        new("the address once more", async tab =>
        {
            await tab.GoAsync(await tab.AddressAsync());
            return tab;
        }),
        new("duplicate tab", async tab => await Tab.OpenAsync(tab.Page.Context, await tab.AddressAsync())),
        new("a tab that the page opens", async tab =>
        {
            var opened = await tab.Page.RunAndWaitForPopupAsync(() => tab.EvaluateAsync("void open(location.href, '_blank')"));
            await Assertions.Expect(opened).Not.ToHaveURLAsync("about:blank");
            var copy = await Tab.OfAsync(opened);
            await copy.LoadedAsync();
            return copy;
        }),
        new("close the tab and open it again", async tab =>
        {
            var (context, address) = (tab.Page.Context, await tab.AddressAsync());
            await tab.Page.CloseAsync();
            return await Tab.OpenAsync(context, address);
        }),
        new("start again with the same cookies and storage", async tab =>
        {
            var stored = await tab.Page.Context.StorageStateAsync();
            var context = await tab.Page.Context.Browser!.NewContextAsync(new BrowserNewContextOptions { StorageState = stored });
            return await Tab.OpenAsync(context, await tab.AddressAsync());
        }),
        new("the page crashes and is opened again", async tab =>
        {
            var address = await tab.AddressAsync();
            await tab.CrashAsync();
            return await Tab.OpenAsync(tab.Page.Context, address);
        }),
        new("what the browser's cache kept", async tab =>
        {
            await tab.EvaluateAsync(
                """
                fetch(location.href, { cache: "only-if-cached", mode: "same-origin" }).then((answer) => answer.text(), () => "nothing")
                  .then((text) => { document.documentElement.replaceChildren(text); })
                """);
            return tab;
        }),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static async Task LeaveAsync(Tab tab) => await tab.GoAsync(new Uri(new Uri(await tab.AddressAsync()), "/settings").AbsoluteUri);
}
