using AImetier.Portal.BrowserTests.Host;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>The language of the browser decides.</summary>
public sealed class FrenchTests : BrowserTest
{
    [Theory]
    [InlineData("fr-FR", "fr", "Développeur", "Jetons d’API")]
    [InlineData("en-US", "en", "Developer", "API Tokens")]
    public async Task The_page_speaks_the_language_of_the_browser(string locale, string language, string title, string section)
    {
        var page = await SignedInAsync(new BrowserNewContextOptions { Locale = locale });
        var keys = await OpenKeysOfNewTeammateAsync(page, "Inès");

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await Expect(page.Locator("#tokens-title")).ToHaveTextAsync(section);
        (await keys.GenerateAsync()).Length.ShouldBe(72);
    }
}
