using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.IncomingHooks;

/// <summary>What ends with a hook, and what is told of what it asked.</summary>
public sealed class HookEndingTests(AskPortal portal) : IClassFixture<AskPortal>
{
    private const string Body = """{"name": "Anna"}""";

    [Theory]
    [InlineData("pause")]
    [InlineData("remove")]
    [InlineData("remove teammate")]
    public async Task With_a_hook_its_running_work_ends_and_leaves_nothing_behind(string end)
    {
        var hook = await portal.MakeHookAsync(HookProof.StandardWebhooks, "[hold] [email to=anna@example.com] {{/name}}");
        using var answer = await portal.SendAsync(hook, Body);
        await answer.ReceiptAsync();
        await portal.Model.WaitUntilHeldAsync();
        switch (end)
        {
            case "pause":
                await portal.WithHooksAsync(hook.WorkspaceId, (hooks, actor) => hooks.PauseAsync(hook.Id, actor, CancellationToken.None));
                break;
            case "remove":
                await portal.WithHooksAsync(hook.WorkspaceId, (hooks, actor) => hooks.RemoveAsync(hook.Id, actor, CancellationToken.None));
                break;
            default:
                await RemoveTeammateAsync(hook);
                break;
        }

        await portal.TrueAsync(async () => (await portal.MessagesAsync(hook.TeammateId))[1].Status != MessageStatus.Working);
        var reply = (await portal.MessagesAsync(hook.TeammateId))[1];
        reply.Status.ShouldBe(MessageStatus.Stopped);
        reply.End.ShouldBe(end == "remove teammate" ? ReplyEnd.TeammateRemoved : ReplyEnd.HookClosed);
        portal.Model.LetGo();
        await portal.WhenIdleAsync();
        (await ApprovalsAsync(hook)).ShouldBeEmpty();

        using var later = await portal.SendAsync(hook, Body);
        await later.ShouldBeAsync(end == "pause" ? HttpStatusCode.Conflict : HttpStatusCode.Unauthorized, end == "pause" ? "hook_paused" : "invalid_proof");
    }

    [Fact]
    public async Task With_the_key_that_proved_the_sender_the_work_ends_too()
    {
        var key = await portal.GenerateAsync();
        var hook = await portal.MakeHookAsync(HookProof.Key, "[hold] {{/name}}", key.TeammateId);
        using var answer = await portal.SendAsync(hook, Body, key: key);
        await answer.ReceiptAsync();
        await portal.Model.WaitUntilHeldAsync();
        await portal.RevokeAsync(key);
        await portal.TrueAsync(async () => (await portal.MessagesAsync(hook.TeammateId))[1].Status != MessageStatus.Working);
        (await portal.MessagesAsync(hook.TeammateId))[1].End.ShouldBe(ReplyEnd.KeyRevoked);
        portal.Model.LetGo();
        await portal.WhenIdleAsync();
    }

    [Fact]
    public async Task Hooks_are_counted_and_removed_with_their_teammate_and_both_are_in_the_activity_log()
    {
        var hook = await portal.MakeHookAsync(HookProof.GitHub, name: "Issues");
        var ending = await portal.InScopeAsync(services => services.GetRequiredService<TeammateService>().CountEndingAsync(hook.TeammateId, CancellationToken.None), hook.WorkspaceId);
        ending.ShouldContain(("hooks", 1));
        using (var unproven = await portal.PostAsync(hook.Path, Body))
            await unproven.ShouldBeAsync(HttpStatusCode.Unauthorized, "invalid_proof");
        (await portal.RefusalsAsync(hook)).ShouldBe("NoProof 1");
        await RemoveTeammateAsync(hook);

        // Late refusals of a hook that is gone are dropped, and nothing else with them.
        var other = await portal.MakeHookAsync(HookProof.GitHub);
        (await portal.PostAsync(hook.Path, Body)).Dispose();
        (await portal.PostAsync(other.Path, Body)).Dispose();
        (await portal.RefusalsAsync(other)).ShouldBe("NoProof 1");
        var lines = await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<ActivityEntry>().IgnoreQueryFilters()
            .Where(entry => entry.SubjectId == hook.Id).OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
        lines.ShouldBe([ActivityAction.IncomingHookCreated, ActivityAction.IncomingHookRemoved]);
    }

    [Fact]
    public async Task What_it_asked_exists_for_keys_and_says_that_a_hook_asked()
    {
        var key = await portal.GenerateAsync();
        var hook = await portal.MakeHookAsync(HookProof.GitHub, "[email to=anna@example.com] {{/name}}", key.TeammateId);
        using var answer = await portal.SendAsync(hook, Body);
        var (conversationId, replyId) = await answer.ReceiptAsync();
        await portal.WhenIdleAsync();

        using var client = portal.Client();
        using var conversation = await client.CallAsync(key.Text, $"/api/v1/teammates/me/conversations/{conversationId}");
        (await conversation.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("source").GetString().ShouldBe("hook");
        using var message = await client.CallAsync(key.Text, $"/api/v1/teammates/me/conversations/{conversationId}/messages/{replyId}");
        var reply = await message.Content.ReadFromJsonAsync<JsonElement>();
        reply.GetProperty("requestedBy").ToString().ShouldBe("""{"kind":"hook","name":"Booking form","tokenId":null}""");
        using var approval = await client.CallAsync(key.Text, $"/api/v1/teammates/me/approvals/{reply.GetProperty("approvals")[0].GetString()}");
        (await approval.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("requestedBy").GetProperty("kind").GetString().ShouldBe("hook");
    }

    [Theory]
    [InlineData(HookProof.GitHub)]
    [InlineData(HookProof.Key)]
    public async Task Admins_see_in_Chat_and_where_they_decide_that_an_address_asked(HookProof proof)
    {
        var key = await portal.GenerateAsync();
        var hook = await portal.MakeHookAsync(proof, "[email to=anna@example.com] {{/name}}", key.TeammateId, name: "Booking <b>form</b>");
        using var answer = await portal.SendAsync(hook, Body, key: key);
        var (conversationId, _) = await answer.ReceiptAsync();
        await portal.WhenIdleAsync();
        var approval = (await ApprovalsAsync(hook)).ShouldHaveSingleItem();

        using var admin = await new PortalBrowser(portal).SignInAsync();
        var chat = await admin.GetPageAsync($"/chat/{conversationId}");
        chat.QuerySelector("[data-testid=asked-by]")!.TextContent.ShouldStartWith("Asked through the address “Booking <b>form</b>”, not by a person.");
        (await admin.GetPageAsync("/chat")).Body!.TextContent.ShouldContain("Asked through the address “Booking <b>form</b>”");
        var decide = await admin.GetPageAsync($"/needs-attention/{approval.Id}");
        decide.QuerySelector("[data-testid=asked-by]")!.TextContent.ShouldBe("Asked by the address “Booking <b>form</b>”, not by a person. Read it as if a stranger wrote it.");

        using var member = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(Features.Accounts.PersonRole.Member));
        using var refused = await member.GetAsync($"/chat/{conversationId}");
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_paused_teammate_takes_nothing_and_the_sender_is_told()
    {
        var hook = await portal.MakeHookAsync(HookProof.StandardWebhooks);
        await portal.InScopeAsync(
            services => services.GetRequiredService<TeammateService>().PauseAsync(hook.TeammateId, new Actor(hook.WorkspaceId, ActorKind.Person, "usr_test", "Test"), CancellationToken.None),
            hook.WorkspaceId);
        using var answer = await portal.SendAsync(hook, Body);
        await answer.ShouldBeAsync(HttpStatusCode.Conflict, "teammate_paused");
        (await portal.RefusalsAsync(hook)).ShouldBe("TeammatePaused 1");
        (await portal.MessagesAsync(hook.TeammateId)).ShouldBeEmpty();
    }

    private Task<List<Approval>> ApprovalsAsync(TestHook hook) => portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
        .Set<Approval>().IgnoreQueryFilters().AsNoTracking().Where(approval => approval.TeammateId == hook.TeammateId).ToListAsync());

    private Task<TeammateOutcome> RemoveTeammateAsync(TestHook hook) => portal.InScopeAsync(
        services => services.GetRequiredService<TeammateService>().RemoveAsync(hook.TeammateId, new Actor(hook.WorkspaceId, ActorKind.Person, "usr_test", "Test"), CancellationToken.None),
        hook.WorkspaceId);
}
