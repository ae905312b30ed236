using System.Net;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Tests.Host;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class ConfirmTests(HostWithForms portal) : IClassFixture<HostWithForms>
{
    private const string Address = "/test/guarded?teammate=tm_1";
    private static readonly Dictionary<string, string> Form = new(StringComparer.Ordinal) { ["name"] = "Booking <form>", ["colors"] = "red" };

    [Fact]
    public async Task Within_thirty_minutes_of_signing_in_nothing_is_asked()
    {
        using var browser = await new PortalBrowser(portal).SignInAsync();
        portal.Clock.Advance(TimeSpan.FromMinutes(29));
        using var answer = await browser.PostFormAsync(Address, Form);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("done: Booking <form>, red, tm_1");
    }

    [Fact]
    public async Task Later_the_password_is_asked_and_the_form_goes_on_by_itself()
    {
        using var browser = await new PortalBrowser(portal).SignInAsync();
        portal.Clock.Advance(TimeSpan.FromMinutes(31));
        using var held = await browser.PostFormAsync(Address, Form);
        held.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await browser.ReadPageAsync(held);
        page.QuerySelector("[data-testid=confirm-password]").ShouldNotBeNull();
        page.QuerySelector("[data-testid=confirm-continue]").ShouldNotBeNull();

        using var wrong = await browser.PostFormAsync("/account/confirm", Fields(page, "not the password"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.OK);
        page = await browser.ReadPageAsync(wrong);
        page.GetElementById("confirm-error").ShouldNotBeNull();

        var fields = Fields(page, portal.OwnerPassword);
        using var right = await browser.PostFormAsync("/account/confirm", fields);
        right.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        right.Headers.Location!.ToString().ShouldBe(Address);
        using var done = await browser.PostFormAsync(right.Headers.Location.ToString(), fields);
        (await done.Content.ReadAsStringAsync()).ShouldBe("done: Booking <form>, red, tm_1");
        using var next = await browser.PostFormAsync(Address, Form);
        (await next.Content.ReadAsStringAsync()).ShouldStartWith("done");
    }

    [Fact]
    public async Task Wrong_passwords_are_slowed_and_the_wait_is_said()
    {
        var person = await portal.AddPersonAsync(PersonRole.Member);
        using var browser = await new PortalBrowser(portal).SignInAsync(person);
        portal.Clock.Advance(TimeSpan.FromMinutes(31));
        using var held = await browser.PostFormAsync(Address, Form);
        var page = await browser.ReadPageAsync(held);
        for (var i = 0; i < 3; i++)
            (await browser.PostFormAsync("/account/confirm", Fields(page, "no"))).Dispose();
        using var tooEarly = await browser.PostFormAsync("/account/confirm", Fields(page, person.Password));
        tooEarly.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        page = await browser.ReadPageAsync(tooEarly);
        portal.Clock.Advance(TimeSpan.FromSeconds(8));
        using var right = await browser.PostFormAsync("/account/confirm", Fields(page, person.Password));
        right.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
    }

    [Fact]
    public async Task Only_a_form_that_this_session_held_back_is_continued()
    {
        using var browser = await new PortalBrowser(portal).SignInAsync();
        using var stranger = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member));
        portal.Clock.Advance(TimeSpan.FromMinutes(31));
        using var held = await stranger.PostFormAsync(Address, Form);
        var foreign = (await stranger.ReadPageAsync(held)).QuerySelector($"[name={ConfirmViewModel.ToField}]")!.GetAttribute("value")!;
        foreach (var to in new[] { "", "/account/security/sign-out-elsewhere", "https://evil.example/", foreign })
        {
            using var answer = await browser.PostFormAsync(
                "/account/confirm", new() { [ConfirmViewModel.ToField] = to, [ConfirmViewModel.PasswordField] = portal.OwnerPassword });
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            answer.Headers.Location!.ToString().ShouldBe("/");
        }
    }

    [Fact]
    public async Task Admins_see_pages_for_admins_and_members_are_told_whose_they_are()
    {
        var admin = await portal.AddPersonAsync(PersonRole.Admin);
        using var allowed = await new PortalBrowser(portal).SignInAsync(admin);
        using var page = await allowed.GetAsync("/test/admins");
        (await page.Content.ReadAsStringAsync()).ShouldBe(admin.WorkspaceId);

        using var refused = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member));
        using var answer = await refused.GetAsync("/test/admins");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.ReadPageAsync(answer)).QuerySelector("h1")!.TextContent.ShouldBe("This page is for admins");
    }

    [Fact]
    public async Task A_role_that_was_taken_away_is_gone_at_the_next_request()
    {
        var person = await portal.AddPersonAsync(PersonRole.Admin);
        using var browser = await new PortalBrowser(portal).SignInAsync(person);
        using var before = await browser.GetAsync("/test/admins");
        before.StatusCode.ShouldBe(HttpStatusCode.OK);
        await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<Person>()
            .Where(row => row.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Role, PersonRole.Member)), person.WorkspaceId);
        using var after = await browser.GetAsync("/test/admins");
        after.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_person_of_another_workspace_works_in_their_own()
    {
        var butcher = await portal.AddWorkspaceAsync();
        using var browser = await new PortalBrowser(portal).SignInAsync(butcher);
        using var page = await browser.GetAsync("/test/admins");
        (await page.Content.ReadAsStringAsync()).ShouldBe(butcher.WorkspaceId);
        butcher.WorkspaceId.ShouldNotBe(await portal.WorkspaceIdAsync());
    }

    private static Dictionary<string, string> Fields(IDocument page, string password)
    {
        var fields = page.QuerySelector("[data-testid=confirm-password]")!.Closest("form")!.QuerySelectorAll("input[type=hidden]").ToDictionary(
            input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "", StringComparer.Ordinal);
        fields[ConfirmViewModel.PasswordField] = password;
        return fields;
    }
}
