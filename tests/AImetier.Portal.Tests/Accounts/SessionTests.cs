using System.Net;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class SessionTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string Page = "/account/profile";

    [Fact]
    public async Task A_session_ends_when_it_was_not_used_for_an_hour()
    {
        using var used = await SignInAsync();
        using var unused = await SignInAsync();
        portal.Clock.Advance(TimeSpan.FromMinutes(40));
        (await StatusAsync(used)).ShouldBe(HttpStatusCode.OK);
        portal.Clock.Advance(TimeSpan.FromMinutes(40));
        (await StatusAsync(used)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(unused)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_however_much_it_is_used()
    {
        using var browser = await SignInAsync();
        for (var minutes = 50; minutes < 12 * 60; minutes += 50)
        {
            portal.Clock.Advance(TimeSpan.FromMinutes(50));
            (await StatusAsync(browser)).ShouldBe(HttpStatusCode.OK);
        }

        portal.Clock.Advance(TimeSpan.FromMinutes(50));
        (await StatusAsync(browser)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_cookie_that_was_copied_is_worth_nothing_after_signing_out()
    {
        using var browser = new PortalBrowser(portal);
        var cookie = await SignInForCookieAsync(browser, PortalHost.OwnerEmail, portal.OwnerPassword);
        (await StatusWithAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        using var signedOut = await browser.PostFormAsync("/account/sign-out", []);
        (await StatusWithAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Signing_in_again_begins_a_new_session_and_ends_the_old_one()
    {
        using var browser = new PortalBrowser(portal);
        var first = await SignInForCookieAsync(browser, PortalHost.OwnerEmail, portal.OwnerPassword);
        await browser.GetPageAsync(Page);
        using var answer = await browser.PostFormAsync(
            "/account/sign-in", new() { ["Email"] = PortalHost.OwnerEmail, ["Password"] = portal.OwnerPassword });
        var second = CookieOf(answer);
        second.ShouldNotBe(first);
        (await StatusWithAsync(first)).ShouldBe(HttpStatusCode.Redirect);
        (await StatusWithAsync(second)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Changing_the_password_ends_every_other_session()
    {
        var person = await portal.AddPersonAsync(PersonRole.Member);
        using var here = await new PortalBrowser(portal).SignInAsync(person);
        using var there = await new PortalBrowser(portal).SignInAsync(person);
        const string chosen = "a quiet morning in May";
        await here.GetPageAsync("/account/security");
        using var wrong = await here.PostFormAsync("/account/security/password", new() { ["CurrentPassword"] = "not it", ["NewPassword"] = chosen });
        (await here.ReadPageAsync(wrong)).GetElementById("currentpassword-error").ShouldNotBeNull();
        (await StatusAsync(there)).ShouldBe(HttpStatusCode.OK);

        using var changed = await here.PostFormAsync("/account/security/password", new() { ["CurrentPassword"] = person.Password, ["NewPassword"] = chosen });
        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await StatusAsync(here)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(there)).ShouldBe(HttpStatusCode.Redirect);
        using var old = await there.TrySignInAsync(person.Email, person.Password);
        old.StatusCode.ShouldBe(HttpStatusCode.OK);
        await there.SignInAsync(person.Email, chosen);
    }

    [Fact]
    public async Task Signing_out_elsewhere_leaves_this_browser_signed_in()
    {
        var person = await portal.AddPersonAsync(PersonRole.Member);
        using var here = await new PortalBrowser(portal).SignInAsync(person);
        using var there = await new PortalBrowser(portal).SignInAsync(person);
        (await here.GetPageAsync("/account/security")).QuerySelectorAll("tbody tr").Length.ShouldBe(2);
        using var answer = await here.PostFormAsync("/account/security/sign-out-elsewhere", []);
        (await StatusAsync(here)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(there)).ShouldBe(HttpStatusCode.Redirect);
        (await here.GetPageAsync("/account/security")).QuerySelectorAll("tbody tr").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_person_who_was_removed_is_signed_out_at_the_next_request()
    {
        var person = await portal.AddPersonAsync(PersonRole.Admin);
        using var browser = await new PortalBrowser(portal).SignInAsync(person);
        (await StatusAsync(browser)).ShouldBe(HttpStatusCode.OK);
        await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<Person>().IgnoreQueryFilters()
            .Where(row => row.Id == person.Id).ExecuteDeleteAsync());
        (await StatusAsync(browser)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_database_and_the_cookie_hold_no_usable_part_of_each_other()
    {
        using var browser = new PortalBrowser(portal);
        var cookie = await SignInForCookieAsync(browser, PortalHost.OwnerEmail, portal.OwnerPassword);
        var keys = await portal.InScopeAsync(services =>
            services.GetRequiredService<PortalDbContext>().Set<Session>().IgnoreQueryFilters().Select(session => session.Key).ToListAsync());
        keys.ShouldNotBeEmpty();
        keys.ShouldAllBe(key => !cookie.Contains(key, StringComparison.OrdinalIgnoreCase));
        keys.ShouldAllBe(key => key.Length == 64);
    }

    [Fact]
    public async Task Rows_older_than_a_month_are_cleared_at_sign_in()
    {
        var person = await portal.AddPersonAsync(PersonRole.Member);
        using var browser = await new PortalBrowser(portal).SignInAsync(person);
        portal.Clock.Advance(TimeSpan.FromDays(31));
        using var other = await SignInAsync();
        (await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<Session>().IgnoreQueryFilters()
            .CountAsync(session => session.PersonId == person.Id))).ShouldBe(0);
    }

    private Task<PortalBrowser> SignInAsync() => new PortalBrowser(portal).SignInAsync();

    private static async Task<HttpStatusCode> StatusAsync(PortalBrowser browser)
    {
        using var answer = await browser.GetAsync(Page);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> StatusWithAsync(string cookie)
    {
        using var client = portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Page, UriKind.Relative));
        request.Headers.Add("Cookie", cookie);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<string> SignInForCookieAsync(PortalBrowser browser, string email, string password)
    {
        using var answer = await browser.TrySignInAsync(email, password);
        return CookieOf(answer);
    }

    private static string CookieOf(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("aimetier=", StringComparison.Ordinal)).Split(';')[0];
}
