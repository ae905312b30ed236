using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>Looks at a page as different people see it: light and dark, on a small phone, a phone and a desk.</summary>
public static class Looks
{
    private const int Phone = 375;
    private static readonly int[] Widths = [320, Phone, 1280];

    // The rest of axe's report would cost more to carry than to find.
    private static readonly AxeRunOptions Everything = new() { ResultTypes = [ResultType.Violations] };

    // Dark differs in its colors alone.
    private static readonly AxeRunOptions Colors = new() { ResultTypes = [ResultType.Violations], RunOnly = RunOnlyOptions.Rules("color-contrast") };
    private static readonly (ColorScheme Scheme, AxeRunOptions Rules)[] Schemes = [(ColorScheme.Light, Everything), (ColorScheme.Dark, Colors)];

    /// <summary>Runs axe with everything unfolded, and measures at every width whether the page scrolls sideways.</summary>
    /// <returns>One line for each thing that is wrong.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(IPage page)
    {
        var wrong = new List<string>();
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
                var result = await page.RunAxe(rules);
                wrong.AddRange(result.Violations.Select(violation =>
                    $"{width} px, {scheme}: {violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => $"{node.Target} {Contrast(node)}"))}"));
            }
        }

        return wrong;
    }

    private static string Contrast(AxeResultNode node) => string.Join(' ', node.Any.Concat(node.All).Select(check => check.Message));

    private static Task<string> WidestAsync(IPage page, int width) => page.EvaluateAsync<string>(
        """
        (width) => [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > width)
          .map((element) => element.tagName.toLowerCase() + (element.className ? "." + String(element.className).replaceAll(" ", ".") : "")).slice(0, 6).join(", ")
        """,
        width);
}
