using System.Net;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Tests.Host;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Teammates;

public sealed class TeammatePagesTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string Empty = "Type a name.";

    [Fact]
    public async Task An_empty_roster_says_what_to_do_first()
    {
        var (owner, member) = (await portal.AddWorkspaceAsync(), await portal.AddWorkspaceAsync());
        var colleague = await portal.AddPersonAsync(PersonRole.Member, member.WorkspaceId);
        using var browser = await new PortalBrowser(portal).SignInAsync(owner);
        var page = await browser.GetPageAsync("/teammates");
        Shown(page, "no-teammates").ShouldNotBeNull();
        Shown(page, "hire-teammate")!.GetAttribute("href").ShouldBe("/teammates/hire");

        using var other = await new PortalBrowser(portal).SignInAsync(colleague);
        var theirs = await other.GetPageAsync("/teammates");
        Shown(theirs, "no-teammates").ShouldNotBeNull();
        Shown(theirs, "hire-teammate").ShouldBeNull();
    }

    [Fact]
    public async Task Hiring_leads_to_the_teammate_and_says_what_next()
    {
        using var browser = await new PortalBrowser(portal).SignInAsync();
        await browser.GetPageAsync("/teammates/hire");
        using var answer = await browser.PostFormAsync("/teammates/hire", Form(" Zoé ", "Marketing", "Be kind.\r\nBe short."));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await browser.GetPageAsync(answer.Headers.Location!.ToString());
        page.QuerySelector("h1")!.TextContent.ShouldBe("Zoé");
        page.QuerySelector("[role=status]")!.TextContent.ShouldContain("Settings > Developer");
        page.QuerySelector(".prewrap")!.TextContent.ShouldBe("Be kind.\nBe short.");
        Shown(page, "practice-notice")!.TextContent.ShouldBe("Zoé gives practice answers. Ask the person who installed the Portal to connect a real model.");
        Shown(page, "teammate-developer")!.GetAttribute("href").ShouldBe("/settings/developer?teammate=" + IdIn(answer.Headers.Location!));

        var roster = await browser.GetPageAsync("/teammates");
        roster.QuerySelector($"[data-teammate-id={IdIn(answer.Headers.Location!)}]").ShouldNotBeNull();
        (await ActionsAsync(IdIn(answer.Headers.Location!))).ShouldBe([ActivityAction.TeammateHired]);
    }

    [Fact]
    public async Task A_suggestion_fills_the_form_in_the_language_of_the_page()
    {
        using var browser = await new PortalBrowser(portal).SignInAsync();
        var form = await browser.GetPageAsync("/teammates/hire");
        form.QuerySelectorAll("[data-testid=suggestion]").Length.ShouldBe(3);
        foreach (var link in form.QuerySelectorAll("[data-testid=suggestion]").Select(link => link.GetAttribute("href")!))
        {
            var filled = await browser.GetPageAsync(link);
            TeammateProfile.Of(Field(filled, "Name"), Field(filled, "Role"), Field(filled, "Instructions")).IsGood.ShouldBeTrue();
        }

        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        Field(await browser.GetPageAsync("/teammates/hire?suggestion=bookkeeping"), "Role").ShouldBe("Comptabilité");
        Field(await browser.GetPageAsync("/teammates/hire?suggestion=unknown"), "Name").ShouldBe("");
    }

    [Theory]
    [InlineData("", "Marketing", "", "Name-error", Empty)]
    [InlineData("Mia", "", "", "Role-error", "Type a role, for example Marketing.")]
    [InlineData("Mi\u202Ea", "Marketing", "", "Name-error", "U+202E RIGHT-TO-LEFT OVERRIDE")]
    [InlineData("Mia", "Mark\u0007eting", "", "Role-error", "U+0007")]
    [InlineData("Mia", "Marketing", "a\u0007", "Instructions-error", "U+0007")]
    [InlineData("12345678901234567890123456789012345678901", "Marketing", "", "Name-error", "this has 41")]
    public async Task What_does_not_fit_is_said_beside_the_field_and_kept(string name, string role, string instructions, string error, string words)
    {
        var owner = await portal.AddWorkspaceAsync();
        using var browser = await new PortalBrowser(portal).SignInAsync(owner);
        await browser.GetPageAsync("/teammates/hire");
        using var refused = await browser.PostFormAsync("/teammates/hire", Form(name, role, instructions));
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await browser.ReadPageAsync(refused);
        page.GetElementById(error)!.TextContent.ShouldContain(words);
        page.QuerySelectorAll(".error").Length.ShouldBe(1);
        page.QuerySelector("[aria-invalid=true]")!.GetAttribute("aria-describedby")!.ShouldContain(error);
        (await browser.GetPageAsync("/teammates")).QuerySelectorAll("[data-testid=teammate]").ShouldBeEmpty();

        using var good = await browser.PostFormAsync("/teammates/hire", Form("Mia <b>", "Marketing & more", "{{x}} '; DROP TABLE --"));
        good.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetPageAsync(good.Headers.Location!.ToString())).QuerySelector("h1")!.TextContent.ShouldBe("Mia <b>");
    }

    [Fact]
    public async Task Changing_keeps_what_does_not_fit_out_and_stores_what_does()
    {
        var id = await portal.HireAsync("Mia");
        using var browser = await new PortalBrowser(portal).SignInAsync();
        var form = await browser.GetPageAsync($"/teammates/{id}/edit");
        Field(form, "Name").ShouldBe("Mia");
        using (var refused = await browser.PostFormAsync($"/teammates/{id}/edit", Form("", "Sales", "")))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await browser.ReadPageAsync(refused)).GetElementById("Name-error")!.TextContent.ShouldBe(Empty);
        }

        using var good = await browser.PostFormAsync($"/teammates/{id}/edit", new(Form("Maya", "Sales", "Hi"), StringComparer.Ordinal) { ["WorkspaceId"] = "ws_x", ["RemovedAt"] = "1", ["Id"] = "tm_x" });
        good.Headers.Location!.ToString().ShouldBe($"/teammates/{id}");
        var page = await browser.GetPageAsync($"/teammates/{id}");
        page.QuerySelector("h1")!.TextContent.ShouldBe("Maya");
        (await ActionsAsync(id)).ShouldBe([ActivityAction.TeammateChanged]);
    }

    [Fact]
    public async Task Pausing_and_resuming_show_on_the_page_and_are_logged_once()
    {
        var id = await portal.HireAsync();
        using var browser = await new PortalBrowser(portal).SignInAsync();
        Shown(await browser.GetPageAsync($"/teammates/{id}"), "teammate-state")!.TextContent.ShouldBe("At work");
        for (var press = 0; press < 2; press++)
            (await browser.PostFormAsync($"/teammates/{id}/pause", [])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var paused = await browser.GetPageAsync($"/teammates/{id}");
        Shown(paused, "teammate-state")!.TextContent.ShouldBe("Paused");
        Shown(paused, "pause-teammate").ShouldBeNull();
        for (var press = 0; press < 2; press++)
            (await browser.PostFormAsync($"/teammates/{id}/resume", [])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Shown(await browser.GetPageAsync($"/teammates/{id}"), "teammate-state")!.TextContent.ShouldBe("At work");
        (await ActionsAsync(id)).ShouldBe([ActivityAction.TeammatePaused, ActivityAction.TeammateResumed]);
    }

    [Fact]
    public async Task Removing_says_what_ends_and_ends_it()
    {
        var id = await portal.HireAsync("Mia");
        using var browser = await new PortalBrowser(portal).SignInAsync();
        Shown(await browser.GetPageAsync($"/teammates/{id}/remove"), "ends-nothing").ShouldNotBeNull();

        var (first, second) = (await portal.GenerateAsync(id), await portal.GenerateAsync(id));
        using var client = portal.Client();
        using (var before = await client.CallAsync(first.Text))
            before.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await browser.GetPageAsync($"/teammates/{id}/remove");
        page.QuerySelector("[data-kind=keys]")!.TextContent.ShouldStartWith("2 keys stop working");
        Shown(page, "confirm-remove")!.TextContent.ShouldContain("Mia");

        using var answer = await browser.PostFormAsync($"/teammates/{id}/remove", []);
        answer.Headers.Location!.ToString().ShouldBe("/teammates");
        (await browser.GetPageAsync("/teammates")).QuerySelector($"[data-teammate-id={id}]").ShouldBeNull();
        (await browser.GetAsync($"/teammates/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.PostFormAsync($"/teammates/{id}/resume", [])).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ActionsAsync(id)).ShouldContain(ActivityAction.TeammateRemoved);
        foreach (var key in new[] { first, second })
        {
            using var after = await client.CallAsync(key.Text);
            after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_member_sees_teammates_without_buttons_and_may_not_change_them()
    {
        var id = await portal.HireAsync();
        using var member = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member));
        var page = await member.GetPageAsync($"/teammates/{id}");
        page.QuerySelectorAll("main button, main form").ShouldBeEmpty();
        foreach (var button in new[] { "edit-teammate", "remove-teammate", "pause-teammate", "teammate-developer" })
            Shown(page, button).ShouldBeNull();
        Shown(await member.GetPageAsync("/teammates"), "hire-teammate").ShouldBeNull();

        using var admin = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Admin));
        foreach (var path in new[] { "/teammates/hire", $"/teammates/{id}/edit", $"/teammates/{id}/remove" })
        {
            (await member.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            await admin.GetPageAsync(path);
        }

        foreach (var path in new[] { "/teammates/hire", $"/teammates/{id}/edit", $"/teammates/{id}/pause", $"/teammates/{id}/resume", $"/teammates/{id}/remove" })
        {
            (await member.PostFormAsync(path, Form("Eve", "Role", ""))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await admin.PostFormAsync(path, Form("Ada", "Role", ""))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
    }

    [Fact]
    public async Task A_teammate_of_another_workspace_does_not_exist()
    {
        var stranger = await portal.AddWorkspaceAsync();
        var id = await portal.HireAsync(workspaceId: stranger.WorkspaceId);
        using var owner = await new PortalBrowser(portal).SignInAsync();
        using var theirs = await new PortalBrowser(portal).SignInAsync(stranger);
        await owner.GetPageAsync("/teammates");
        foreach (var path in new[] { $"/teammates/{id}", $"/teammates/{id}/edit", $"/teammates/{id}/remove" })
        {
            (await owner.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            await theirs.GetPageAsync(path);
        }

        foreach (var path in new[] { $"/teammates/{id}/edit", $"/teammates/{id}/pause", $"/teammates/{id}/resume", $"/teammates/{id}/remove" })
        {
            (await owner.PostFormAsync(path, Form("Eve", "Role", ""))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await theirs.PostFormAsync(path, Form("Ada", "Role", ""))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var id = await portal.HireAsync();
        using var browser = await new PortalBrowser(portal).SignInAsync();
        (await browser.PostWithoutTokenAsync($"/teammates/{id}/remove", [])).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await browser.GetPageAsync($"/teammates/{id}/remove");
        (await browser.PostFormAsync($"/teammates/{id}/remove", [])).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private static Dictionary<string, string> Form(string name, string role, string instructions) =>
        new(StringComparer.Ordinal) { ["Name"] = name, ["Role"] = role, ["Instructions"] = instructions };

    private static IElement? Shown(IDocument page, string testId) => page.QuerySelector($"[data-testid={testId}]");

    private static string Field(IDocument page, string name) =>
        page.QuerySelector($"[name={name}]") is IHtmlTextAreaElement area ? area.Value : ((IHtmlInputElement)page.QuerySelector($"[name={name}]")!).Value;

    private static string IdIn(Uri location) => location.ToString().Split('/')[^1];

    private Task<List<ActivityAction>> ActionsAsync(string teammateId) => portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
        .Set<ActivityEntry>().IgnoreQueryFilters().Where(entry => entry.SubjectId == teammateId).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
}
