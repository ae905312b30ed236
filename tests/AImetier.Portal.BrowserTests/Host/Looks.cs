using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>Looks at a page as different people see it: light and dark, on a small phone, a phone and a desk.</summary>
public static class Looks
{
    private const int Phone = 375;
    private static readonly int[] Widths = [320, Phone, 1280];

    // Put into a page once for all its looks; the engine's own package does so for each, and opens a second page to sum up.
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    // Dark differs in its colors alone.
    private static readonly (ColorScheme Scheme, string[]? Rules)[] Schemes = [(ColorScheme.Light, null), (ColorScheme.Dark, ["color-contrast"])];

    /// <summary>Runs axe with everything unfolded, and measures at every width whether the page scrolls sideways.</summary>
    /// <returns>One line for each thing that is wrong.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(IPage page)
    {
        var wrong = new List<string>();
        await page.EvaluateAsync(Axe);
        await page.EvaluateAsync("document.querySelectorAll('details:not([data-menu])').forEach((fold) => { fold.open = true; })");
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 800);
            var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (wide > width)
                wrong.Add($"{width} px: the page is {wide} px wide because of {await WidestAsync(page, width)}");
            // A phone has the layout of a small phone, with more room.
            foreach (var (scheme, rules) in width == Phone ? [] : Schemes)
            {
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                wrong.AddRange((await ViolationsAsync(page, rules)).Select(violation => $"{width} px, {scheme}: {violation}"));
            }
        }

        return wrong;
    }

    // The rest of axe's report would cost more to carry than to find.
    private static Task<string[]> ViolationsAsync(IPage page, string[]? rules) => page.EvaluateAsync<string[]>(
        """
        async (rules) => (await axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) })).violations
          .map((violation) => `${violation.id}: ${violation.help}: ` + violation.nodes
            .map((node) => `${node.target} ${[...node.any, ...node.all].map((check) => check.message).join(" ")}`).join("; "))
        """,
        rules);

    private static Task<string> WidestAsync(IPage page, int width) => page.EvaluateAsync<string>(
        """
        (width) => [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > width)
          .map((element) => element.tagName.toLowerCase() + (element.className ? "." + String(element.className).replaceAll(" ", ".") : "")).slice(0, 6).join(", ")
        """,
        width);
}
