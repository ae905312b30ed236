using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class LanguageTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Theory]
    [InlineData("fr-CA, en;q=0.5", "Connexion", "fr")]
    [InlineData("en-GB", "Sign in", "en")]
    [InlineData("tr-TR", "Sign in", "en")]
    public async Task The_browsers_language_counts(string accepted, string title, string language)
    {
        using var browser = new PortalBrowser(portal);
        browser.Client.DefaultRequestHeaders.Add("Accept-Language", accepted);
        var page = await browser.GetPageAsync("/account/sign-in");
        page.QuerySelector("h1")!.TextContent.ShouldBe(title);
        page.DocumentElement.GetAttribute("lang").ShouldBe(language);
    }

    [Fact]
    public async Task A_choice_in_the_menu_counts_more_and_goes_back_to_the_page()
    {
        using var browser = new PortalBrowser(portal);
        browser.Client.DefaultRequestHeaders.Add("Accept-Language", "en");
        await browser.GetPageAsync("/account/sign-in");
        using var answer = await browser.PostFormAsync("/account/language", new() { ["culture"] = "fr", ["returnUrl"] = "/account/sign-in" });
        answer.Headers.Location!.ToString().ShouldBe("/account/sign-in");
        (await browser.GetPageAsync("/account/sign-in")).QuerySelector("h1")!.TextContent.ShouldBe("Connexion");
        using var automatic = await browser.PostFormAsync("/account/language", new() { ["culture"] = "", ["returnUrl"] = "//evil.example" });
        automatic.Headers.Location!.ToString().ShouldBe("/");
        (await browser.GetPageAsync("/account/sign-in")).QuerySelector("h1")!.TextContent.ShouldBe("Sign in");
    }

    [Fact]
    public async Task A_choice_in_the_profile_follows_the_person_to_another_browser()
    {
        var person = await portal.AddPersonAsync(Features.Accounts.PersonRole.Member);
        using var here = await new PortalBrowser(portal).SignInAsync(person);
        using var saved = await here.PostFormAsync("/account/profile", new() { ["DisplayName"] = "Mia", ["Language"] = "fr" });
        saved.Headers.Location!.ToString().ShouldBe("/account/profile");
        using var there = await new PortalBrowser(portal).SignInAsync(person);
        var page = await there.GetPageAsync("/account/profile");
        page.QuerySelector("h1")!.TextContent.ShouldBe("Votre profil");
        page.QuerySelector("[name=DisplayName]")!.GetAttribute("value").ShouldBe("Mia");

        using var refused = await here.PostFormAsync("/account/profile", new() { ["DisplayName"] = "Mia\u202e", ["Language"] = "fr" });
        (await here.ReadPageAsync(refused)).GetElementById("displayname-error").ShouldNotBeNull();
    }
}
