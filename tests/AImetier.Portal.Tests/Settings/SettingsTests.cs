using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Settings;

public sealed class SettingsTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Only_admins_see_the_tiles_of_the_business()
    {
        using var owner = await new PortalBrowser(portal).SignInAsync();
        var page = await owner.GetPageAsync("/settings");
        page.QuerySelector("[data-testid=settings-general-tile]")!.GetAttribute("href").ShouldBe("/settings/general");
        page.QuerySelector("[data-testid=settings-security-tile]")!.GetAttribute("href").ShouldBe("/settings/security");
        page.QuerySelector("[data-testid=settings-developer-tile]")!.GetAttribute("href").ShouldBe("/settings/developer");

        using var member = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member));
        var theirs = await member.GetPageAsync("/settings");
        theirs.QuerySelectorAll("main [data-testid]").Select(tile => tile.GetAttribute("data-testid")).ShouldBe(["settings-account-tile"]);
    }

    [Theory]
    [InlineData("/settings/general")]
    [InlineData("/settings/security")]
    [InlineData("/settings/security/activity.csv")]
    public async Task Pages_of_the_business_are_for_admins(string path)
    {
        using var member = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member));
        using var refused = await member.GetAsync(path);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var admin = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Admin));
        using var opened = await admin.GetAsync(path);
        opened.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Saving_changes_the_business_and_notes_it()
    {
        var person = await portal.AddWorkspaceAsync("Before");
        using var owner = await new PortalBrowser(portal).SignInAsync(person);
        await owner.GetPageAsync("/settings/general");
        using var answer = await owner.PostFormAsync("/settings/general", new() { ["Name"] = " Moreau & Filles ", ["Language"] = "fr", ["TimeZone"] = "Europe/Paris" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var workspace = await WorkspaceAsync(person.WorkspaceId);
        (workspace.Name, workspace.Language, workspace.TimeZone).ShouldBe(("Moreau & Filles", "fr", "Europe/Paris"));
        var log = await owner.GetPageAsync("/settings/security?kind=Workspace");
        log.QuerySelector("[data-action=WorkspaceChanged]")!.TextContent.ShouldContain("Before");
        log.QuerySelector("time")!.GetAttribute("title")!.ShouldEndWith("(Europe/Paris)");
        log.QuerySelector(".who")!.TextContent.ShouldContain("Moreau & Filles");

        using var again = await new PortalBrowser(portal).SignInAsync(person);
        (await again.GetPageAsync("/settings")).DocumentElement.GetAttribute("lang").ShouldBe("fr");
    }

    [Theory]
    [InlineData("", "", "UTC", "Name-error")]
    [InlineData("a\u202Eb", "", "UTC", "Name-error")]
    [InlineData("Good", "de", "UTC", "Language-error")]
    [InlineData("Good", "", "Mars/Base", "TimeZone-error")]
    [InlineData("Good", "", "", "TimeZone-error")]
    public async Task What_does_not_fit_is_said_beside_its_field_and_changes_nothing(string name, string language, string zone, string error)
    {
        var person = await portal.AddWorkspaceAsync("Unchanged");
        using var owner = await new PortalBrowser(portal).SignInAsync(person);
        await owner.GetPageAsync("/settings/general");
        using var answer = await owner.PostFormAsync("/settings/general", new() { ["Name"] = name, ["Language"] = language, ["TimeZone"] = zone });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await owner.ReadPageAsync(answer);
        page.QuerySelectorAll(".error").Where(sentence => sentence.TextContent.Length > 0).Select(sentence => sentence.Id).ShouldBe([error]);
        (await WorkspaceAsync(person.WorkspaceId)).Name.ShouldBe("Unchanged");
    }

    private Task<Workspace> WorkspaceAsync(string id) => portal.InScopeAsync(services => services.GetRequiredService<WorkspaceService>().GetAsync(id, default));
}
