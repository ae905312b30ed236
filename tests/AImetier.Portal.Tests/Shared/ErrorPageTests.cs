using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Tests.Host;
using AngleSharp.Dom;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Shared;

public sealed class ErrorPageTests(BrokenHost portal) : IClassFixture<BrokenHost>
{
    [Theory]
    [InlineData(400, "This could not be accepted")]
    [InlineData(403, "This page is for admins")]
    [InlineData(404, "There is nothing at this address")]
    [InlineData(405, "This address only works from its page")]
    [InlineData(413, "This could not be accepted")]
    [InlineData(429, "That was a little too often")]
    [InlineData(500, "Something went wrong on our side")]
    [InlineData(503, "The Portal is busy just now")]
    public async Task A_refusal_is_a_page_in_plain_words_with_the_request_id(int status, string heading)
    {
        using var browser = new PortalBrowser(portal);
        using var answer = await browser.GetAsync($"/broken/status/{status}");
        await ShouldBePageAsync(browser, answer, status, heading);
    }

    [Fact]
    public async Task A_form_that_no_browser_sends_is_refused_with_a_page()
    {
        using var browser = new PortalBrowser(portal);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["Email"] = "a\0b" });
        using var answer = await browser.Client.PostAsync(new Uri("/account/sign-in", UriKind.Relative), form);
        await ShouldBePageAsync(browser, answer, 400, "This could not be accepted");
    }

    [Fact]
    public async Task A_mistyped_address_keeps_the_menu_for_who_is_signed_in()
    {
        using var visitor = new PortalBrowser(portal);
        using var refused = await visitor.GetAsync("/nothing-here");
        var plain = await ShouldBePageAsync(visitor, refused, 404, "There is nothing at this address");
        plain.QuerySelector("a[href='/settings']").ShouldBeNull();

        using var owner = await new PortalBrowser(portal).SignInAsync();
        using var answer = await owner.GetAsync("/nothing-here");
        var page = await ShouldBePageAsync(owner, answer, 404, "There is nothing at this address");
        page.QuerySelector("a[href='/settings']").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_page_speaks_the_visitors_language()
    {
        using var browser = new PortalBrowser(portal);
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        using var answer = await browser.GetAsync("/nothing-here");
        var page = await ShouldBePageAsync(browser, answer, 404, "Il n’y a rien à cette adresse");
        page.DocumentElement.GetAttribute("lang").ShouldBe("fr");
    }

    [Fact]
    public async Task A_member_learns_what_is_for_admins()
    {
        using var member = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member));
        using var answer = await member.GetAsync("/settings/security");
        await ShouldBePageAsync(member, answer, 403, "This page is for admins");
    }

    [Fact]
    public async Task A_form_without_its_token_is_explained()
    {
        using var browser = new PortalBrowser(portal);
        using var answer = await browser.PostWithoutTokenAsync("/broken/form", []);
        await ShouldBePageAsync(browser, answer, 400, "This could not be accepted");

        await browser.GetPageAsync("/account/sign-in");
        using var accepted = await browser.PostFormAsync("/broken/form", []);
        accepted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_address_of_a_form_opened_as_a_page_is_explained()
    {
        using var browser = await new PortalBrowser(portal).SignInAsync();
        using var answer = await browser.GetAsync("/broken/form");
        await ShouldBePageAsync(browser, answer, 405, "This address only works from its page");
    }

    [Fact]
    public async Task A_failure_is_logged_once_and_never_shown()
    {
        using var browser = await new PortalBrowser(portal).SignInAsync();
        portal.Errors.Clear();
        using var answer = await browser.GetAsync("/broken/failure");
        var page = await ShouldBePageAsync(browser, answer, 500, "Something went wrong on our side");
        page.DocumentElement.OuterHtml.ShouldNotContain(BrokenController.Words);
        page.DocumentElement.OuterHtml.ShouldNotContain(nameof(InvalidOperationException));

        var id = answer.Headers.GetValues("X-Request-Id").Single();
        portal.Errors.ShouldBe([("page.failed", $"Request {id} failed")]);
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/health/nothing")]
    public async Task What_programs_call_is_left_alone(string path)
    {
        using var client = portal.Client();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        answer.Content.Headers.ContentType?.MediaType.ShouldNotBe("text/html");
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
    }

    private static async Task<IDocument> ShouldBePageAsync(PortalBrowser browser, HttpResponseMessage answer, int status, string heading)
    {
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
        var page = await browser.ReadPageAsync(answer);
        page.QuerySelectorAll("h1").Single().TextContent.ShouldBe(heading);
        page.QuerySelector("[data-testid=request-id]")!.TextContent.ShouldBe(answer.Headers.GetValues("X-Request-Id").Single());
        return page;
    }
}
