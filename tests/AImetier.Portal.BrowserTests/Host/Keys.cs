using Microsoft.Playwright;
using Shouldly;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>Somebody who uses a page without a pointer: Tab until the thing is reached, and never lost on the way.</summary>
public sealed class Keys(IPage page)
{
    private const int MostStops = 80;

    /// <summary>What the focus is on: its hook, else its tag.</summary>
    public Task<string> FocusAsync() => page.EvaluateAsync<string>("document.activeElement?.dataset.testid ?? document.activeElement?.tagName.toLowerCase() ?? ''");

    /// <summary>Presses Tab until the focus is on the element; every stop must be visible and look focused.</summary>
    public async Task TabToAsync(ILocator target)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            (await UnseenAsync()).ShouldBe("");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        throw new InvalidOperationException($"{target} was not reached in {MostStops} presses of Tab.");
    }

    /// <summary>Presses a key.</summary>
    public Task PressAsync(string key) => page.Keyboard.PressAsync(key);

    /// <summary>Types.</summary>
    public Task TypeAsync(string text) => page.Keyboard.TypeAsync(text);

    // The name of the focused element when a person could not see that it has the focus. After the last stop the focus is on the page itself.
    private Task<string> UnseenAsync() => page.EvaluateAsync<string>(
        """
        () => {
          const element = document.activeElement;
          if (!element || element === document.body || element === document.documentElement) return "";
          const name = element.outerHTML.slice(0, element.outerHTML.indexOf(">") + 1);
          const box = element.getBoundingClientRect();
          const inView = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
          const style = getComputedStyle(element);
          const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
          return !inView ? `out of view: ${name}` : !element.matches(":focus-visible") || !ring ? `no visible focus: ${name}` : "";
        }
        """);
}
