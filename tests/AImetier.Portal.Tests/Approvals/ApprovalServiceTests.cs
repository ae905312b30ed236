using System.Net.Http.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Approvals;

/// <summary>Deciding and sending, through the service and the running sender, into the practice outbox.</summary>
public sealed class ApprovalServiceTests(ApprovalPortal portal) : IClassFixture<ApprovalPortal>
{
    [Fact]
    public async Task What_is_approved_is_saved_once_and_never_called_sent()
    {
        var (key, id) = await portal.WaitingAsync();
        portal.Files(id).ShouldBeEmpty();
        (await portal.ApproveAsync(id)).ShouldBeOfType<DecideOutcome.Done>();
        await portal.UntilAsync(id, ApprovalState.Saved);
        var mail = await File.ReadAllTextAsync(portal.Files(id).Single());
        mail.ShouldContain("client@example.com");
        var types = (await portal.EventsAsync(key.TeammateId)).Where(type => type.StartsWith("approval.", StringComparison.Ordinal));
        types.ShouldBe(["approval.requested", "approval.decided", "approval.saved"]);
    }

    [Fact]
    public async Task Nothing_leaves_that_was_declined_and_a_decision_is_final()
    {
        var (_, id) = await portal.WaitingAsync();
        (await portal.ActAsync(id, (service, row, person) => service.DeclineAsync(id, "Too pushy", person, CancellationToken.None))).ShouldBeOfType<DecideOutcome.Done>();
        (await portal.ApproveAsync(id)).ShouldBeOfType<DecideOutcome.TooLate>();
        (await portal.ActAsync(id, (service, row, person) => service.DeclineAsync(id, null, person, CancellationToken.None))).ShouldBeOfType<DecideOutcome.TooLate>();
        var row = await portal.FindAsync(id);
        row.State.ShouldBe(ApprovalState.Declined);
        row.DeclineReason.ShouldBe("Too pushy");
        portal.Files(id).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_wins()
    {
        for (var round = 0; round < 5; round++)
        {
            var (_, id) = await portal.WaitingAsync();
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => number % 2 == 0
                ? portal.ApproveAsync(id)
                : portal.ActAsync(id, (service, row, person) => service.DeclineAsync(id, null, person, CancellationToken.None))));
            outcomes.Count(outcome => outcome is DecideOutcome.Done).ShouldBe(1);
            if ((await portal.FindAsync(id)).State == ApprovalState.Declined)
                portal.Files(id).ShouldBeEmpty();
            else
                await portal.UntilAsync(id, ApprovalState.Saved);
        }
    }

    [Fact]
    public async Task What_was_edited_must_be_seen_again_before_it_is_approved()
    {
        var (_, id) = await portal.WaitingAsync();
        var before = await portal.FindAsync(id);
        var edited = before.ReadContent() with { Body = "Rather this." };
        (await portal.ActAsync(id, (service, row, person) => service.EditAsync(id, row.ContentHash, edited, person, CancellationToken.None))).ShouldBeOfType<DecideOutcome.Done>();
        (await portal.ActAsync(id, (service, row, person) => service.ApproveAsync(id, before.ContentHash, person, CancellationToken.None))).ShouldBeOfType<DecideOutcome.Changed>();
        (await portal.FindAsync(id)).State.ShouldBe(ApprovalState.Waiting);
        (await portal.ActAsync(id, (service, row, person) => service.EditAsync(id, before.ContentHash, edited with { Body = "Stale." }, person, CancellationToken.None)))
            .ShouldBeOfType<DecideOutcome.Changed>();

        (await portal.ApproveAsync(id)).ShouldBeOfType<DecideOutcome.Done>();
        await portal.UntilAsync(id, ApprovalState.Saved);
        (await File.ReadAllTextAsync(portal.Files(id).Single())).ShouldContain("Rather this.");
        (await portal.FindAsync(id)).Edited.ShouldBeTrue();
    }

    [Theory]
    [InlineData("client@example.com\r\nBcc: all@example.com", "Hello", "Text", "to")]
    [InlineData("a@b.test, c@d.test", "Hello", "Text", "to")]
    [InlineData("not an address", "Hello", "Text", "to")]
    [InlineData("client@example.com", "Hello\r\nBcc: all@example.com", "Text", "subject")]
    [InlineData("client@example.com", "", "Text", "subject")]
    [InlineData("client@example.com", "Hello", " ", "body")]
    [InlineData("client@example.com", "Hello", "a\0b", "body")]
    public async Task An_edit_that_does_not_fit_changes_nothing(string to, string subject, string body, string field)
    {
        var (_, id) = await portal.WaitingAsync();
        var outcome = await portal.ActAsync(id, (service, row, person) => service.EditAsync(id, row.ContentHash, new EmailContent(to, subject, body), person, CancellationToken.None));
        outcome.ShouldBeOfType<DecideOutcome.BadContent>().Problems.Keys.ShouldBe([field]);
        (await portal.FindAsync(id)).Edited.ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_cannot_decide_through_any_door()
    {
        var (key, id) = await portal.WaitingAsync();
        var actor = new Actor(key.WorkspaceId, ActorKind.Key, key.Id, "Key");
        await Should.ThrowAsync<ArgumentException>(() => portal.ActAsync(id, (service, row, _) => service.ApproveAsync(id, row.ContentHash, actor, CancellationToken.None)));
        await Should.ThrowAsync<ArgumentException>(() => portal.ActAsync(id, (service, row, _) => service.DeclineAsync(id, null, actor, CancellationToken.None)));
        using var client = portal.Client();
        foreach (var (method, path) in new[]
        {
            ("POST", ""), ("PUT", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/approve"), ("POST", "/decline"), ("POST", "/send-again"), ("POST", "/arrived"),
        })
        {
            using var refused = await client.CallAsync(key.Text, $"/api/v1/teammates/me/approvals/{id}{path}", new HttpMethod(method), JsonContent.Create(new { state = "approved" }));
            ((int)refused.StatusCode).ShouldBeOneOf(404, 405);
        }

        (await portal.FindAsync(id)).State.ShouldBe(ApprovalState.Waiting);
    }

    [Fact]
    public async Task Another_workspace_has_no_such_approval()
    {
        var (_, id) = await portal.WaitingAsync();
        var stranger = await portal.AddWorkspaceAsync();
        var outcome = await portal.InScopeAsync(
            services => services.GetRequiredService<ApprovalService>().DeclineAsync(id, null, new Actor(stranger.WorkspaceId, ActorKind.Person, "usr_x", "X"), CancellationToken.None),
            stranger.WorkspaceId);
        outcome.ShouldBeOfType<DecideOutcome.NotFound>();
    }

    [Fact]
    public async Task What_nobody_decides_expires_after_7_days()
    {
        var (key, id) = await portal.WaitingAsync();
        portal.Clock.Advance(Approval.Lifetime + TimeSpan.FromSeconds(1));
        (await portal.ApproveAsync(id)).ShouldBeOfType<DecideOutcome.TooLate>();
        await portal.UntilAsync(id, ApprovalState.Expired);
        (await portal.EventsAsync(key.TeammateId))[^1].ShouldBe("approval.decided");
        portal.Files(id).ShouldBeEmpty();
    }

    [Fact]
    public async Task Removing_the_teammate_cancels_what_waits()
    {
        var (key, id) = await portal.WaitingAsync();
        await portal.InScopeAsync(
            services => services.GetRequiredService<TeammateService>().RemoveAsync(key.TeammateId, ApprovalPortal.Person(key.WorkspaceId), CancellationToken.None), key.WorkspaceId);
        (await portal.FindAsync(id)).State.ShouldBe(ApprovalState.Canceled);
        (await portal.ApproveAsync(id)).ShouldBeOfType<DecideOutcome.TooLate>();
    }

    [Fact]
    public async Task What_a_revoked_key_asked_for_stays_until_a_person_declines_it_together()
    {
        var (key, first) = await portal.WaitingAsync();
        var second = await portal.WaitingAsync(key);
        var (_, others) = await portal.WaitingAsync();
        await portal.RevokeAsync(key);
        (await portal.FindAsync(first)).State.ShouldBe(ApprovalState.Waiting);
        var declined = await portal.ActAsync(first, (service, row, person) => service.DeclineOfKeyAsync(key.Id, person, CancellationToken.None));
        declined.ShouldBe(2);
        (await portal.FindAsync(second)).State.ShouldBe(ApprovalState.Declined);
        (await portal.FindAsync(others)).State.ShouldBe(ApprovalState.Waiting);
    }

    [Fact]
    public async Task With_Ask_before_sending_off_the_setting_approves()
    {
        await using var quick = new ApprovalPortal();
        var key = await quick.GenerateAsync();
        await quick.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            return await db.Set<Workspace>().ExecuteUpdateAsync(set => set.SetProperty(workspace => workspace.AskBeforeSending, false));
        });
        var id = await quick.WaitingAsync(key);
        await quick.UntilAsync(id, ApprovalState.Saved);
        var row = await quick.FindAsync(id);
        row.DecidedBySetting.ShouldBeTrue();
        row.DecidedById.ShouldBeNull();
    }

    [Fact]
    public async Task Without_anything_to_send_with_it_stays_waiting()
    {
        await using var bare = new ApprovalPortal();
        bare.With("Connectors:PracticeOutbox", "false");
        var (_, id) = await bare.WaitingAsync();
        (await bare.ApproveAsync(id)).ShouldBeOfType<DecideOutcome.NoConnector>();
        (await bare.FindAsync(id)).State.ShouldBe(ApprovalState.Waiting);
    }

    [Fact]
    public async Task An_attempt_that_was_cut_off_is_uncertain_and_a_person_says_what_became_of_it()
    {
        var (_, id) = await portal.WaitingAsync();
        await portal.CutOffAsync(id);
        await portal.UntilAsync(id, ApprovalState.Uncertain);
        portal.Files(id).ShouldBeEmpty();
        (await portal.ActAsync(id, (service, row, person) => service.ArrivedAsync(id, person, CancellationToken.None))).ShouldBeOfType<DecideOutcome.Done>();
        (await portal.FindAsync(id)).State.ShouldBe(ApprovalState.Sent);

        var (_, again) = await portal.WaitingAsync();
        await portal.CutOffAsync(again);
        await portal.UntilAsync(again, ApprovalState.Uncertain);
        (await portal.ActAsync(again, (service, row, person) => service.SendAgainAsync(again, person, CancellationToken.None))).ShouldBeOfType<DecideOutcome.Done>();
        await portal.UntilAsync(again, ApprovalState.Saved);
    }

    [Fact]
    public async Task Content_that_is_not_the_approved_content_does_not_leave()
    {
        var (_, id) = await portal.WaitingAsync();
        await portal.TamperAsync(id);
        var (_, good) = await portal.WaitingAsync();
        (await portal.ApproveAsync(good)).ShouldBeOfType<DecideOutcome.Done>();
        await portal.UntilAsync(good, ApprovalState.Saved);
        (await portal.FindAsync(id)).State.ShouldBe(ApprovalState.Approved);
        portal.Files(id).ShouldBeEmpty();
    }
}
