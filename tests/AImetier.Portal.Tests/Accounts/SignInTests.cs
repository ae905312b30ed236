using System.Net;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class SignInTests : IClassFixture<PortalHost>
{
    private readonly PortalHost _portal;

    // All tests try from one source; an hour later its failures are forgotten.
    public SignInTests(PortalHost portal)
    {
        _portal = portal;
        portal.Clock.Advance(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task The_owner_of_the_unattended_set_up_signs_in()
    {
        using var browser = new PortalBrowser(_portal);
        using var answer = await browser.TrySignInAsync(PortalHost.OwnerEmail, _portal.OwnerPassword);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/");
        using var home = await browser.GetAsync("/");
        home.Headers.Location!.ToString().ShouldBe("/chat");
    }

    [Fact]
    public async Task Nobody_sees_a_page_before_signing_in()
    {
        using var browser = new PortalBrowser(_portal);
        using var home = await browser.GetAsync("/");
        home.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        home.Headers.Location!.ToString().ShouldBe("/account/sign-in");
        using var profile = await browser.GetAsync("/account/profile?x=1");
        profile.Headers.Location!.ToString().ShouldBe("/account/sign-in?ReturnUrl=%2Faccount%2Fprofile%3Fx%3D1");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_email_get_the_same_sentence()
    {
        var person = await _portal.AddPersonAsync(PersonRole.Member);
        using var browser = new PortalBrowser(_portal);
        using var wrong = await browser.TrySignInAsync(person.Email, person.Password + "x");
        using var unknown = await browser.TrySignInAsync("nobody@bakery.test", person.Password);
        wrong.StatusCode.ShouldBe(HttpStatusCode.OK);
        unknown.StatusCode.ShouldBe(HttpStatusCode.OK);
        var first = (await browser.ReadPageAsync(wrong)).QuerySelector(".error")!.TextContent;
        (await browser.ReadPageAsync(unknown)).QuerySelector(".error")!.TextContent.ShouldBe(first);
        using var right = await browser.TrySignInAsync(person.Email, person.Password);
        right.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task An_unknown_email_costs_a_hash_too()
    {
        using var browser = new PortalBrowser(_portal);
        var hashing = _portal.Services.GetRequiredService<PasswordHashing>();
        var before = hashing.Runs;
        using var answer = await browser.TrySignInAsync("somebody@bakery.test", "whatever it is");
        hashing.Runs.ShouldBeGreaterThan(before);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "flour, water and salt")]
    [InlineData(PortalHost.OwnerEmail, "")]
    [InlineData("a\u0001@bakery.test", "\ud83e")]
    public async Task Empty_and_broken_fields_are_refused_like_any_other(string email, string password)
    {
        using var browser = new PortalBrowser(_portal);
        using var answer = await browser.TrySignInAsync(email, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.ReadPageAsync(answer)).QuerySelector(".error").ShouldNotBeNull();
    }

    [Fact]
    public async Task Endless_fields_are_refused_like_any_other()
    {
        using var browser = new PortalBrowser(_portal);
        using var answer = await browser.TrySignInAsync(new string('a', 100_000) + "@bakery.test", new string('b', 100_000));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/account/profile", "/account/profile")]
    [InlineData("/account/profile?a=b", "/account/profile?a=b")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https:evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("", "/")]
    public async Task Signing_in_leads_only_to_addresses_of_the_Portal(string returnUrl, string expected)
    {
        using var browser = new PortalBrowser(_portal);
        using var answer = await browser.TrySignInAsync(PortalHost.OwnerEmail, _portal.OwnerPassword, returnUrl);
        answer.Headers.Location!.ToString().ShouldBe(expected);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var browser = new PortalBrowser(_portal);
        using var answer = await browser.PostWithoutTokenAsync(
            "/account/sign-in", new() { ["Email"] = PortalHost.OwnerEmail, ["Password"] = _portal.OwnerPassword });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Signing_in_refused_tries_and_signing_out_are_in_the_log()
    {
        var person = await _portal.AddPersonAsync(PersonRole.Member);
        using var browser = new PortalBrowser(_portal);
        using var wrong = await browser.TrySignInAsync(person.Email, "not the password");
        await browser.SignInAsync(person);
        using var signedOut = await browser.PostFormAsync("/account/sign-out", []);
        signedOut.Headers.Location!.ToString().ShouldBe("/account/sign-in");
        using var visit = await browser.GetAsync("/account/sign-out");
        visit.Headers.Location!.ToString().ShouldBe("/");

        // The refused try is written beside its request; later lines may come first.
        List<ActivityAction> actions = [];
        while (!actions.Contains(ActivityAction.SignInRefused))
        {
            actions = await _portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<ActivityEntry>()
                .Where(entry => entry.SubjectId == person.Id).Select(entry => entry.Action).OrderBy(action => action).ToListAsync(), person.WorkspaceId);
        }

        actions.ShouldBe([ActivityAction.SignedIn, ActivityAction.SignedOut, ActivityAction.SignInRefused]);
    }

    [Fact]
    public async Task A_password_hashed_at_another_cost_is_hashed_anew_at_sign_in()
    {
        var person = await _portal.AddPersonAsync(PersonRole.Member);
        var old = await _portal.InScopeAsync(async services =>
        {
            var options = Microsoft.Extensions.Options.Options.Create(new AImetier.Portal.Security.Argon2Options { MemoryKib = 8192 });
            var hash = await new AImetier.Portal.Security.Argon2Hasher(options).HashAsync(person.Password);
            await services.GetRequiredService<PortalDbContext>().Set<Person>()
                .Where(row => row.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, hash));
            return hash;
        }, person.WorkspaceId);
        using var browser = new PortalBrowser(_portal);
        await browser.SignInAsync(person);
        var now = await _portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<Person>()
            .Where(row => row.Id == person.Id).Select(row => row.PasswordHash).SingleAsync(), person.WorkspaceId);
        old.ShouldContain("m=8192");
        now!.ShouldContain("m=7168");
        using var again = new PortalBrowser(_portal);
        await again.SignInAsync(person);
    }
}
