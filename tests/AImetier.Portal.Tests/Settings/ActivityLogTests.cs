using System.Text;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Settings;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Settings;

public sealed class ActivityLogTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        var (owner, person) = await OwnerAsync();
        using var _ = owner;
        await AddAsync(person, Enumerable.Range(1, 120).Select(n => (ActivityAction.TeammateHired, $"Mia {n}", At(n))));
        var seen = new List<string>();
        for (var address = "/settings/security?kind=Teammates"; address is not null;)
        {
            var page = await owner.GetPageAsync(address);
            var lines = page.QuerySelectorAll("[data-testid=activity] tbody tr").ToList();
            lines.Count.ShouldBeLessThanOrEqualTo(ActivityReader.PageSize);
            seen.AddRange(lines.Select(line => line.QuerySelector("td")!.TextContent.Trim()));
            address = page.QuerySelector(".pager [rel=next]")?.GetAttribute("href");
        }

        seen.ShouldBe(Enumerable.Range(1, 120).Reverse().Select(n => $"Hired the teammate Mia {n}"));
    }

    [Fact]
    public async Task Filters_narrow_the_log()
    {
        var (owner, person) = await OwnerAsync();
        using var _ = owner;
        await AddAsync(person,
        [
            (ActivityAction.TeammateHired, "Mia", new DateTimeOffset(2026, 5, 2, 23, 59, 59, TimeSpan.Zero)),
            (ActivityAction.TokenCreated, "CRM", new DateTimeOffset(2026, 5, 3, 0, 0, 0, TimeSpan.Zero)),
            (ActivityAction.TokenRevoked, "CRM", new DateTimeOffset(2026, 5, 4, 0, 0, 0, TimeSpan.Zero)),
        ]);
        (await ActionsAsync(owner, "?kind=Keys")).ShouldBe(["TokenRevoked", "TokenCreated"]);
        (await ActionsAsync(owner, "?from=2026-05-03&to=2026-05-03")).ShouldBe(["TokenCreated"]);
        (await ActionsAsync(owner, $"?who={person.Id}&to=2026-05-02")).ShouldBe(["TeammateHired"]);
        (await ActionsAsync(owner, "?who=key")).ShouldBeEmpty();
        (await ActionsAsync(owner, "?kind=Nonsense&from=nonsense&before=nonsense&to=2026-05-03")).ShouldBe(["TokenCreated", "TeammateHired"]);
        (await ActionsAsync(owner, "?kind=Keys&to=9999-12-31&from=0001-01-01")).ShouldBe(["TokenRevoked", "TokenCreated"]);
    }

    [Fact]
    public async Task An_empty_answer_says_what_to_do()
    {
        var (owner, _) = await OwnerAsync();
        using var __ = owner;
        var page = await owner.GetPageAsync("/settings/security?kind=Keys");
        page.QuerySelector("[data-testid=activity-empty]").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_file_opens_in_a_spreadsheet_and_calculates_nothing()
    {
        var (owner, person) = await OwnerAsync();
        using var _ = owner;
        await AddAsync(person, Enumerable.Range(1, 600).Select(n => (ActivityAction.TeammateHired, $"Mia, {n}", At(n))));
        await AddAsync(person with { Name = "=cmd|' /C calc'!A0" }, [(ActivityAction.TeammatePaused, "Mia", At(601))]);
        using var answer = await owner.GetAsync("/settings/security/activity.csv?kind=Teammates");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");

        var bytes = await answer.Content.ReadAsByteArrayAsync();
        bytes.Take(3).ShouldBe(Encoding.UTF8.GetPreamble());
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        lines.Length.ShouldBe(1 + 601 + 1);
        lines[0].ShouldBe("When,Who,What,Detail,Teammate");
        lines[1].ShouldContain(",'=cmd|' /C calc'!A0,Paused the teammate Mia,");
        lines[2].ShouldContain("\"Hired the teammate Mia, 600\"");
        lines[^1].ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_business_stays_unseen()
    {
        var (owner, person) = await OwnerAsync();
        using var _ = owner;
        var (_, other) = await OwnerAsync();
        await AddAsync(other, [(ActivityAction.TeammateHired, "Secret Sam", At(1))]);
        await AddAsync(person, [(ActivityAction.TeammateHired, "Our Otto", At(1))]);
        var page = (await owner.GetPageAsync("/settings/security")).DocumentElement.OuterHtml;
        page.ShouldContain("Our Otto");
        page.ShouldNotContain("Secret Sam");
        var file = await owner.Client.GetStringAsync(new Uri("/settings/security/activity.csv", UriKind.Relative));
        file.ShouldContain("Our Otto");
        file.ShouldNotContain("Secret Sam");
    }

    private static DateTimeOffset At(int minute) => new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute);

    private static async Task<IEnumerable<string?>> ActionsAsync(PortalBrowser owner, string query) =>
        (await owner.GetPageAsync("/settings/security" + query)).QuerySelectorAll("tr[data-action]").Select(line => line.GetAttribute("data-action"));

    private async Task<(PortalBrowser Browser, Actor Person)> OwnerAsync()
    {
        var person = await portal.AddWorkspaceAsync();
        return (await new PortalBrowser(portal).SignInAsync(person), new Actor(person.WorkspaceId, ActorKind.Person, person.Id, "Ann"));
    }

    private Task<int> AddAsync(Actor actor, IEnumerable<(ActivityAction Action, string Name, DateTimeOffset At)> lines) => portal.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<PortalDbContext>();
        foreach (var (action, name, at) in lines)
        {
            db.Add(new ActivityEntry
            {
                WorkspaceId = actor.WorkspaceId,
                At = at,
                Action = action,
                ActorKind = actor.Kind,
                ActorId = actor.Id,
                ActorName = actor.Name,
                SubjectName = name,
            });
        }

        return await db.SaveChangesAsync();
    });
}
