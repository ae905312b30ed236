using System.Net;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class SetupTests : IDisposable
{
    private readonly PortalHost _portal = new PortalHost().WithoutOwner();

    [Fact]
    public async Task A_new_Portal_leads_every_page_to_set_up_and_says_where_the_link_is()
    {
        using var browser = new PortalBrowser(_portal);
        foreach (var path in new[] { "/", "/account/sign-in", "/account/profile" })
        {
            using var answer = await browser.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            answer.Headers.Location!.ToString().ShouldBe("/setup");
        }

        (await browser.GetPageAsync("/setup")).Body!.TextContent.ShouldContain("This Portal is new. Ask the person who installed it for the set-up link.");
    }

    [Fact]
    public async Task The_code_from_the_console_makes_the_owner_and_signs_them_in()
    {
        using var browser = new PortalBrowser(_portal);
        using var answer = await PostAsync(browser, Code());
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/teammates");
        var name = (await browser.GetPageAsync("/account/profile")).QuerySelector("[name=DisplayName]")!.GetAttribute("value");
        name.ShouldBe("Mia");

        using var second = await browser.GetAsync("/setup");
        second.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var posted = await browser.PostFormAsync("/setup", Fields(Code()));
        posted.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_code_may_be_typed_without_hyphens_and_in_capitals()
    {
        using var browser = new PortalBrowser(_portal);
        using var answer = await PostAsync(browser, Code().Replace("-", "", StringComparison.Ordinal).ToUpperInvariant());
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("")]
    [InlineData("22222-22222-22222-22222")]
    public async Task Without_the_right_code_nothing_is_made(string code)
    {
        using var browser = new PortalBrowser(_portal);
        using var answer = await PostAsync(browser, code);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.ReadPageAsync(answer)).QuerySelector("#code-error").ShouldNotBeNull();
        (await OwnersAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Wrong_codes_are_slowed()
    {
        using var browser = new PortalBrowser(_portal);
        for (var i = 0; i < 3; i++)
            (await PostAsync(browser, "wrong")).Dispose();
        using var tooEarly = await PostAsync(browser, Code());
        tooEarly.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        _portal.Clock.Advance(TimeSpan.FromSeconds(8));
        using var later = await PostAsync(browser, Code());
        later.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task What_does_not_fit_is_said_beside_its_field_and_the_code_stays_good()
    {
        using var browser = new PortalBrowser(_portal);
        var fields = Fields(Code());
        (fields["WorkspaceName"], fields["Email"], fields["Password"]) = ("", "nobody", "short");
        await browser.GetPageAsync("/setup");
        using var answer = await browser.PostFormAsync("/setup", fields);
        var page = await browser.ReadPageAsync(answer);
        foreach (var id in new[] { "workspacename-error", "email-error", "password-error" })
            page.GetElementById(id).ShouldNotBeNull(id);
        page.QuerySelector("[name=Email]")!.GetAttribute("aria-describedby").ShouldBe("email-error");
        using var corrected = await browser.PostFormAsync("/setup", Fields(Code()));
        corrected.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Of_set_ups_at_the_same_moment_one_wins()
    {
        var browsers = Enumerable.Range(0, 6).Select(_ => new PortalBrowser(_portal)).ToList();
        foreach (var browser in browsers)
            await browser.GetPageAsync("/setup");
        var answers = await Task.WhenAll(browsers.Select(browser => browser.PostFormAsync("/setup", Fields(Code()))));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound).ShouldBe(5);
        (await OwnersAsync()).ShouldBe(1);
        browsers.ForEach(browser => browser.Dispose());
    }

    public void Dispose() => _portal.Dispose();

    private static async Task<HttpResponseMessage> PostAsync(PortalBrowser browser, string code)
    {
        await browser.GetPageAsync("/setup");
        return await browser.PostFormAsync("/setup", Fields(code));
    }

    private static Dictionary<string, string> Fields(string code) => new(StringComparer.Ordinal)
    {
        ["WorkspaceName"] = "The Bakery",
        ["Email"] = "mia@bakery.test",
        ["Password"] = "flour, water and salt",
        ["Code"] = code,
    };

    private string Code()
    {
        _ = _portal.Address;
        return _portal.Services.GetRequiredService<SetupCode>().Show();
    }

    private Task<int> OwnersAsync() => _portal.InScopeAsync(services =>
        services.GetRequiredService<PortalDbContext>().Set<Person>().IgnoreQueryFilters().CountAsync());
}
