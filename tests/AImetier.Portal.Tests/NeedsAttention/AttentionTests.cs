using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Tests.Host;
using AngleSharp.Dom;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.NeedsAttention;

/// <summary>What people see of what waits. Each test has a business of its own.</summary>
public sealed class AttentionTests(AttentionPortal portal) : IClassFixture<AttentionPortal>
{
    [Fact]
    public async Task Nothing_waiting_says_what_will_show_up_here()
    {
        using var browser = await new PortalBrowser(portal).SignInAsync(await portal.AddWorkspaceAsync());
        var page = await browser.GetPageAsync("/needs-attention");
        page.QuerySelector("[data-testid=attention-empty]")!.TextContent.ShouldContain("Nothing needs you right now");
        Count(page).HasAttribute("hidden").ShouldBeTrue();
    }

    [Fact]
    public async Task What_waits_is_listed_oldest_first_and_counted()
    {
        var owner = await portal.AddWorkspaceAsync();
        var first = await portal.RequestAsync(owner.WorkspaceId, subject: "First");
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await portal.RequestAsync(owner.WorkspaceId, subject: "Second");
        using var browser = await new PortalBrowser(portal).SignInAsync(owner);

        var page = await browser.GetPageAsync("/needs-attention");
        Rows(page).ShouldBe([first.Id, second.Id]);
        var row = page.QuerySelector("[data-testid=approval-row]")!;
        row.TextContent.ShouldContain("First");
        row.TextContent.ShouldContain(AttentionPortal.To);
        row.TextContent.ShouldContain("Asked by Ann");
        row.QuerySelectorAll("time").Length.ShouldBe(2);
        Count(page).TextContent.ShouldBe("2");
        page.QuerySelector("#attention-live .sr")!.TextContent.ShouldBe("2 things need you");
        Count(await browser.GetPageAsync("/needs-attention/count")).TextContent.ShouldBe("2");
    }

    [Fact]
    public async Task The_list_goes_on_after_twenty()
    {
        var owner = await portal.AddWorkspaceAsync();
        var teammate = await portal.HireAsync(workspaceId: owner.WorkspaceId);
        var all = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            all.Add((await portal.RequestAsync(owner.WorkspaceId, teammateId: teammate)).Id);
            if (i % 3 == 0)
                portal.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        using var browser = await new PortalBrowser(portal).SignInAsync(owner);
        var page = await browser.GetPageAsync("/needs-attention");
        var seen = Rows(page);
        seen.Length.ShouldBe(20);
        var next = await browser.GetPageAsync(page.QuerySelector("[data-testid=attention-next]")!.GetAttribute("href")!);
        seen.Concat(Rows(next)).Order(StringComparer.Ordinal).ShouldBe(all.Order(StringComparer.Ordinal));
        next.QuerySelector("[data-testid=attention-next]").ShouldBeNull();
        page.GetElementById("attention-lists")!.GetAttribute("data-poll-url").ShouldBe("/needs-attention", "it is kept current");
        next.GetElementById("attention-lists")!.GetAttribute("data-poll-url").ShouldBeEmpty("somebody reads older ones");
    }

    [Fact]
    public async Task The_page_shows_exactly_what_would_leave_and_every_hidden_character()
    {
        var owner = await portal.AddWorkspaceAsync();
        var made = await portal.RequestAsync(owner.WorkspaceId, "Line <b>1</b>\nLine\u200B 2 \u202Eend", "a@bücher.example", "Hi\u2060!");
        using var browser = await new PortalBrowser(portal).SignInAsync(owner);
        var page = await browser.GetPageAsync($"/needs-attention/{made.Id}");
        page.QuerySelector("[data-testid=approval-from]").ShouldBeNull("nothing is connected");
        page.QuerySelector("[data-testid=approval-to]")!.TextContent.ShouldBe("a@bücher.example");
        page.QuerySelector("[data-testid=approval-subject]")!.TextContent.ShouldBe("Hi[U+2060 no width]!");
        page.QuerySelector("[data-testid=approval-body]")!.TextContent.ShouldBe("Line <b>1</b>\nLine[U+200B no width] 2 [U+202E right-to-left override]end");
        page.QuerySelectorAll("mark").Length.ShouldBe(3);
        page.QuerySelector("[data-testid=hidden-characters]")!.TextContent.ShouldContain("3 characters");
        page.QuerySelector("[data-testid=foreign-domain]")!.TextContent.ShouldContain("xn--bcher-kva.example");
        page.QuerySelector("[data-testid=asked-by]")!.TextContent.ShouldContain("Ann");

        var plain = await browser.GetPageAsync($"/needs-attention/{(await portal.RequestAsync(owner.WorkspaceId)).Id}");
        plain.QuerySelector("[data-testid=hidden-characters]").ShouldBeNull();
        plain.QuerySelector("[data-testid=foreign-domain]").ShouldBeNull();
    }

    [Fact]
    public async Task What_a_key_asked_for_says_so_and_says_when_the_key_was_revoked()
    {
        var owner = await portal.AddWorkspaceAsync();
        var key = await portal.GenerateAsync(name: "Booking form", workspaceId: owner.WorkspaceId);
        var made = await portal.RequestAsync(owner.WorkspaceId, by: new Requester(RequesterKind.Key, key.Id, "Booking form"), teammateId: key.TeammateId);
        using var browser = await new PortalBrowser(portal).SignInAsync(owner);
        var page = await browser.GetPageAsync($"/needs-attention/{made.Id}");
        page.QuerySelector("[data-testid=asked-by]")!.TextContent.ShouldBe("Asked by the key “Booking form”, not by a person. Read it as if a stranger wrote it.");
        page.QuerySelector("[data-testid=key-revoked]").ShouldBeNull();

        await portal.RevokeAsync(key);
        (await browser.GetPageAsync($"/needs-attention/{made.Id}")).QuerySelector("[data-testid=key-revoked]")!.TextContent.ShouldContain("The key that asked was revoked");
        (await browser.GetPageAsync("/needs-attention")).QuerySelector("[data-testid=approval-row] [data-testid=key-revoked]").ShouldNotBeNull();
    }

    [Fact]
    public async Task Members_read_and_cannot_decide()
    {
        var owner = await portal.AddWorkspaceAsync();
        var made = await portal.RequestAsync(owner.WorkspaceId);
        using var browser = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member, owner.WorkspaceId));
        Rows(await browser.GetPageAsync("/needs-attention")).ShouldBe([made.Id]);
        var page = await browser.GetPageAsync($"/needs-attention/{made.Id}");
        page.QuerySelectorAll("[data-testid=approve], [data-testid=decline], [data-testid=edit-approval]").ShouldBeEmpty();
        foreach (var act in new[] { "approve", "decline", "edit", "send-again", "arrived", "set-aside" })
        {
            using var answer = await browser.PostFormAsync($"/needs-attention/{made.Id}/{act}", new() { ["SeenHash"] = made.ContentHash });
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, act);
        }

        (await portal.ReadAsync(made.Id)).State.ShouldBe(ApprovalState.Waiting);
    }

    [Fact]
    public async Task Another_business_has_no_such_page()
    {
        var made = await portal.RequestAsync((await portal.AddWorkspaceAsync()).WorkspaceId);
        using var stranger = await new PortalBrowser(portal).SignInAsync(await portal.AddWorkspaceAsync());
        using var page = await stranger.GetAsync($"/needs-attention/{made.Id}");
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var act in new[] { "approve", "decline", "edit", "send-again", "arrived", "set-aside" })
        {
            using var answer = await stranger.PostFormAsync($"/needs-attention/{made.Id}/{act}", new() { ["SeenHash"] = made.ContentHash });
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, act);
        }

        Rows(await stranger.GetPageAsync("/needs-attention")).ShouldBeEmpty();
        (await portal.ReadAsync(made.Id)).State.ShouldBe(ApprovalState.Waiting);
    }

    [Fact]
    public async Task A_problem_says_its_reason_in_plain_words_beside_the_servers_own()
    {
        var owner = await portal.AddWorkspaceAsync();
        var made = await portal.RequestAsync(owner.WorkspaceId);
        await portal.SetStateAsync(made.Id, ApprovalState.Failed, SendFailure.RecipientRefused, "550 <b>no such user</b>");
        using var browser = await new PortalBrowser(portal).SignInAsync(owner);
        Rows(await browser.GetPageAsync("/needs-attention")).ShouldBe([made.Id]);
        var page = await browser.GetPageAsync($"/needs-attention/{made.Id}");
        page.QuerySelector("[data-testid=approval-state]")!.TextContent.ShouldContain("refused the recipient’s address");
        page.QuerySelector("[data-testid=approval-state] q")!.TextContent.ShouldBe("550 <b>no such user</b>");
        page.QuerySelector("[data-testid=arrived]").ShouldBeNull();
        page.QuerySelector("[data-testid=send-again]").ShouldNotBeNull();

        using var answer = await browser.PostFormAsync($"/needs-attention/{made.Id}/set-aside", []);
        Rows(await browser.GetPageAsync("/needs-attention")).ShouldBeEmpty();
        browser.Page!.QuerySelector("[data-testid=decided-row]")!.GetAttribute("data-approval-id").ShouldBe(made.Id);
        (await portal.ReadAsync(made.Id)).State.ShouldBe(ApprovalState.Failed);
    }

    [Fact]
    public async Task Of_an_uncertain_one_a_person_says_that_it_arrived()
    {
        var owner = await portal.AddWorkspaceAsync();
        var made = await portal.RequestAsync(owner.WorkspaceId);
        await portal.SetStateAsync(made.Id, ApprovalState.Uncertain);
        using var browser = await new PortalBrowser(portal).SignInAsync(owner);
        (await browser.GetPageAsync($"/needs-attention/{made.Id}")).Body!.TextContent.ShouldContain("twice");
        using var answer = await browser.PostFormAsync($"/needs-attention/{made.Id}/arrived", []);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await portal.ReadAsync(made.Id)).State.ShouldBe(ApprovalState.Sent);
    }

    private static string[] Rows(IDocument page) =>
        [.. page.QuerySelectorAll("[data-testid=approval-row]").Select(row => row.GetAttribute("data-approval-id")!)];

    private static IElement Count(IDocument page) => page.QuerySelector("[data-testid=attention-count]")!;
}
