using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Tests.Host;
using AngleSharp.Html.Dom;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.NeedsAttention;

/// <summary>What owners and admins do about what waits. Each test has a business of its own.</summary>
public sealed class DecisionTests(AttentionPortal portal) : IClassFixture<AttentionPortal>
{
    [Fact]
    public async Task Approving_writes_the_mail_into_the_practice_outbox_and_never_calls_it_sent()
    {
        var (browser, made) = await OpenAsync(body: "Line 1\nLine 2");
        browser.Page!.QuerySelector("[data-testid=approve]")!.TextContent.ShouldBe("Approve and save to the practice outbox");
        using var answer = await ApproveAsync(browser, made);
        answer.Headers.Location!.ToString().ShouldBe("/needs-attention");

        var saved = await portal.UntilAsync(made.Id, ApprovalState.Saved);
        (saved.DecidedBySetting, saved.ApprovedHash).ShouldBe((false, made.ContentHash));
        var file = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(portal.DataDirectory, "outbox"), $"*{made.Id}*.eml").Single());
        file.ShouldContain("client@example.com");
        file.ShouldContain("Line 2");
        var page = await browser.GetPageAsync($"/needs-attention/{made.Id}");
        page.QuerySelector("[data-testid=approval-state]")!.TextContent.ShouldContain("Saved in the practice outbox");
        page.QuerySelector("main")!.TextContent.ShouldNotContain(" sent", Case.Insensitive);
        page.QuerySelectorAll("[data-testid=approve], [data-testid=decline]").ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_decision_comes_the_next_that_waits()
    {
        var owner = await portal.AddWorkspaceAsync();
        var first = await portal.RequestAsync(owner.WorkspaceId);
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await portal.RequestAsync(owner.WorkspaceId);
        using var browser = await new PortalBrowser(portal).SignInAsync(owner);
        using var answer = await ApproveAsync(browser, first);
        answer.Headers.Location!.ToString().ShouldBe($"/needs-attention/{second.Id}");
        (await browser.GetPageAsync($"/needs-attention/{second.Id}")).QuerySelector(".flash")!.TextContent.ShouldContain("Approved");
    }

    [Fact]
    public async Task Declining_keeps_the_word_to_the_teammate()
    {
        var (browser, made) = await OpenAsync();
        using var answer = await browser.PostFormAsync($"/needs-attention/{made.Id}/decline", new() { ["Reason"] = " Too <b>soon</b> " });
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var row = await portal.ReadAsync(made.Id);
        (row.State, row.DeclineReason).ShouldBe((ApprovalState.Declined, "Too <b>soon</b>"));
        var page = await browser.GetPageAsync($"/needs-attention/{made.Id}");
        page.QuerySelector("[data-testid=approval-state]")!.TextContent.ShouldContain("You declined it");
        page.QuerySelector("[data-testid=approval-state] q")!.TextContent.ShouldBe("Too <b>soon</b>");
    }

    [Fact]
    public async Task A_word_that_is_too_long_is_refused_and_kept_in_the_form()
    {
        var (browser, made) = await OpenAsync();
        var word = new string('x', ApprovalService.LongestReason + 1);
        using var answer = await browser.PostFormAsync($"/needs-attention/{made.Id}/decline", new() { ["Reason"] = word });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await browser.ReadPageAsync(answer);
        ((IHtmlInputElement)page.QuerySelector("input[name=Reason]")!).Value.ShouldBe(word);
        page.QuerySelector("#reason-error").ShouldNotBeNull();
        (await portal.ReadAsync(made.Id)).State.ShouldBe(ApprovalState.Waiting);

        using var good = await browser.PostFormAsync($"/needs-attention/{made.Id}/decline", new() { ["Reason"] = word[1..] });
        (await portal.ReadAsync(made.Id)).State.ShouldBe(ApprovalState.Declined);
    }

    [Fact]
    public async Task A_page_older_than_an_edit_cannot_approve()
    {
        var (browser, made) = await OpenAsync();
        using var edit = await browser.PostFormAsync(
            $"/needs-attention/{made.Id}/edit", new() { ["To"] = "other@example.com", ["Subject"] = "New", ["Body"] = "One\r\nTwo", ["SeenHash"] = made.ContentHash });
        edit.Headers.Location!.ToString().ShouldBe($"/needs-attention/{made.Id}");
        var edited = await portal.ReadAsync(made.Id);
        edited.ReadContent().ShouldBe(new("other@example.com", "New", "One\nTwo"));
        (edited.State, edited.Edited).ShouldBe((ApprovalState.Waiting, true));
        edited.ContentHash.ShouldNotBe(made.ContentHash);

        using var stale = await ApproveAsync(browser, made);
        stale.Headers.Location!.ToString().ShouldBe($"/needs-attention/{made.Id}");
        (await browser.GetPageAsync($"/needs-attention/{made.Id}")).QuerySelector("[data-testid=attention-problem]")!.TextContent
            .ShouldBe("It was edited after you opened this page. Read it again before you decide.");
        (await portal.ReadAsync(made.Id)).State.ShouldBe(ApprovalState.Waiting);

        using var fresh = await ApproveAsync(browser, edited);
        (await portal.ReadAsync(made.Id)).ApprovedHash.ShouldBe(edited.ContentHash);
    }

    [Theory]
    [InlineData("no address", "News", "Hello", "To-error")]
    [InlineData("client@example.com", "", "Hello", "Subject-error")]
    [InlineData("client@example.com", "News", "", "Body-error")]
    [InlineData("client@example.com", "News", "a\u0007b", "Body-error")]
    public async Task What_does_not_fit_is_said_beside_its_field_and_stays_typed(string to, string subject, string body, string error)
    {
        var (browser, made) = await OpenAsync();
        using var answer = await browser.PostFormAsync(
            $"/needs-attention/{made.Id}/edit", new() { ["To"] = to, ["Subject"] = subject, ["Body"] = body, ["SeenHash"] = made.ContentHash });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await browser.ReadPageAsync(answer);
        page.QuerySelectorAll(".error").Select(sentence => sentence.Id).ShouldBe([error]);
        ((IHtmlInputElement)page.QuerySelector("#To")!).Value.ShouldBe(to);
        ((IHtmlTextAreaElement)page.QuerySelector("#Body")!).Value.ShouldBe(body);
        (await portal.ReadAsync(made.Id)).ContentHash.ShouldBe(made.ContentHash);
    }

    [Fact]
    public async Task Two_who_edit_at_once_see_each_other_and_lose_nothing()
    {
        var (browser, made) = await OpenAsync(body: "Before");
        await portal.AsPersonAsync(made.WorkspaceId, "Ben", (approvals, ben) =>
            approvals.EditAsync(made.Id, made.ContentHash, made.ReadContent() with { Body = "Ben's" }, ben, default));
        var mine = new Dictionary<string, string>(StringComparer.Ordinal) { ["To"] = "client@example.com", ["Subject"] = "News", ["Body"] = "Mine", ["SeenHash"] = made.ContentHash };
        using var answer = await browser.PostFormAsync($"/needs-attention/{made.Id}/edit", mine);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = await browser.ReadPageAsync(answer);
        ((IHtmlTextAreaElement)page.QuerySelector("#Body")!).Value.ShouldBe("Mine");
        page.QuerySelector(".letter")!.TextContent.ShouldBe("Ben's");
        mine["SeenHash"] = ((IHtmlInputElement)page.QuerySelector("input[name=SeenHash]")!).Value;
        using var again = await browser.PostFormAsync($"/needs-attention/{made.Id}/edit", mine);
        (await portal.ReadAsync(made.Id)).ReadContent().Body.ShouldBe("Mine");
    }

    [Fact]
    public async Task Saving_without_a_change_changes_nothing()
    {
        var (browser, made) = await OpenAsync(body: "One\nTwo\r\nThree");
        using var answer = await browser.PostFormAsync(
            $"/needs-attention/{made.Id}/edit", new() { ["To"] = "client@example.com", ["Subject"] = "News", ["Body"] = "One\r\nTwo\r\nThree", ["SeenHash"] = made.ContentHash });
        var row = await portal.ReadAsync(made.Id);
        (row.ContentHash, row.Edited).ShouldBe((made.ContentHash, false));
    }

    [Fact]
    public async Task Who_comes_second_is_told_who_was_faster()
    {
        var (browser, made) = await OpenAsync();
        await portal.AsPersonAsync(made.WorkspaceId, "Ben", (approvals, ben) => approvals.DeclineAsync(made.Id, null, ben, default));
        portal.Clock.Advance(TimeSpan.FromMinutes(2.5));
        using var answer = await ApproveAsync(browser, made);
        var page = await browser.GetPageAsync(answer.Headers.Location!.ToString());
        page.QuerySelector("[data-testid=attention-problem]")!.TextContent.ShouldBe("Ben was faster: it was declined 2 minutes ago.");
        (await portal.ReadAsync(made.Id)).State.ShouldBe(ApprovalState.Declined);
    }

    [Fact]
    public async Task Of_two_at_once_one_wins()
    {
        for (var round = 0; round < 5; round++)
        {
            var (ann, made) = await OpenAsync();
            using var ben = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Admin, made.WorkspaceId));
            await ben.GetPageAsync($"/needs-attention/{made.Id}");
            var answers = await Task.WhenAll(ApproveAsync(ann, made), ben.PostFormAsync($"/needs-attention/{made.Id}/decline", []));
            answers.Select(answer => answer.Headers.Location!.ToString()).Order(StringComparer.Ordinal).ShouldBe(["/needs-attention", $"/needs-attention/{made.Id}"]);
        }
    }

    [Fact]
    public async Task What_nobody_decided_in_time_cannot_be_approved()
    {
        var (browser, made) = await OpenAsync();
        portal.Clock.Advance(Approval.Lifetime);
        using var again = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Admin, made.WorkspaceId));
        using var answer = await ApproveAsync(again, made);
        (await again.GetPageAsync($"/needs-attention/{made.Id}")).QuerySelector("[data-testid=attention-problem]")!.TextContent.ShouldContain("7 days");
        (await portal.UntilAsync(made.Id, ApprovalState.Expired)).DecidedById.ShouldBeNull();
        (await again.GetPageAsync("/needs-attention")).QuerySelector("[data-testid=decided-row]")!.TextContent.ShouldContain("Expired");
        browser.Dispose();
    }

    [Fact]
    public async Task What_ended_with_its_teammate_cannot_be_decided_by_a_page_from_before()
    {
        var (browser, made) = await OpenAsync();
        using var admin = browser;
        using var removed = await admin.PostFormAsync($"/teammates/{made.TeammateId}/remove", []);
        removed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var approved = await ApproveAsync(admin, made);
        (await admin.GetPageAsync($"/needs-attention/{made.Id}")).QuerySelector("[data-testid=attention-problem]")!.TextContent.Trim().ShouldNotBeEmpty();
        using var declined = await admin.PostFormAsync($"/needs-attention/{made.Id}/decline", []);
        var row = await portal.ReadAsync(made.Id);
        (row.State, row.ApprovedHash, row.DecidedById).ShouldBe((ApprovalState.Canceled, null, null));
        admin.Page!.QuerySelectorAll("[data-testid=approve], [data-testid=decline]").ShouldBeEmpty();
    }

    private async Task<(PortalBrowser Browser, Approval Made)> OpenAsync(string body = "Hello")
    {
        var owner = await portal.AddWorkspaceAsync();
        var made = await portal.RequestAsync(owner.WorkspaceId, body);
        var browser = await new PortalBrowser(portal).SignInAsync(owner);
        await browser.GetPageAsync($"/needs-attention/{made.Id}");
        return (browser, made);
    }

    private static Task<HttpResponseMessage> ApproveAsync(PortalBrowser browser, Approval seen) =>
        browser.PostFormAsync($"/needs-attention/{seen.Id}/approve", new() { ["SeenHash"] = seen.ContentHash });
}
