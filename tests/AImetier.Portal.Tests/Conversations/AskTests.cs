using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

public sealed class AskTests(AskPortal portal) : IClassFixture<AskPortal>
{
    private const string Messages = "/api/v1/teammates/me/messages";

    [Fact]
    public async Task A_key_asks_its_teammate_and_gets_question_and_reply()
    {
        var key = await portal.GenerateAsync(name: "Booking form");
        var answer = await portal.AnswerAsync(key, "Draft a note about asparagus.\nSecond line", metadata: new { order = "42" });

        Names(answer).ShouldBe(["conversationId", "message", "reply", "approvals"]);
        var (message, reply) = (answer.GetProperty("message"), answer.GetProperty("reply"));
        string[] shape = ["id", "conversationId", "author", "status", "text", "createdAt", "model", "requestedBy", "approvals", "metadata"];
        Names(message).ShouldBe(shape);
        Names(reply).ShouldBe(shape);
        Text(message, "id").ShouldStartWith("msg_");
        Text(message, "author").ShouldBe("user");
        Text(message, "text").ShouldBe("Draft a note about asparagus.\nSecond line");
        message.GetProperty("model").ValueKind.ShouldBe(JsonValueKind.Null);
        Text(reply, "author").ShouldBe("teammate");
        Text(reply, "status").ShouldBe("completed");
        Text(reply, "model").ShouldBe("practice");
        Text(reply, "text").ShouldStartWith("Practice answer");
        Text(reply, "createdAt").ShouldEndWith("Z");
        Text(reply.GetProperty("requestedBy"), "kind").ShouldBe("key");
        Text(reply.GetProperty("requestedBy"), "name").ShouldBe("Booking form");
        Text(reply.GetProperty("requestedBy"), "tokenId").ShouldBe(key.Id);
        Text(reply.GetProperty("metadata"), "order").ShouldBe("42");
        answer.GetProperty("approvals").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_teammate_is_described_to_its_key()
    {
        var key = await portal.GenerateAsync(await portal.HireAsync("Nora"));
        using var client = portal.Client();
        using var answer = await client.CallAsync(key.Text, $"/api/v1/teammates/{key.TeammateId}");
        var teammate = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        Names(teammate).ShouldBe(["id", "name", "role", "status"]);
        Text(teammate, "name").ShouldBe("Nora");
        Text(teammate, "status").ShouldBe("active");
    }

    [Fact]
    public async Task A_conversation_goes_on_with_what_was_said_before()
    {
        var key = await portal.GenerateAsync();
        var first = await portal.AnswerAsync(key, "Draft a note about asparagus");
        var second = await portal.AnswerAsync(key, "Make it shorter", Text(first, "conversationId"));
        Text(second, "conversationId").ShouldBe(Text(first, "conversationId"));
        Text(second.GetProperty("reply"), "text").ShouldContain("Draft a note about asparagus");
        (await portal.MessagesAsync(key.TeammateId)).Select(message => message.Number).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public async Task The_model_is_told_at_most_40_earlier_messages()
    {
        var teammate = await portal.HireAsync();
        string? conversation = null;
        for (var turn = 1; turn <= 23; turn++)
            conversation = ((AskOutcome.Answered)await portal.AskAsPersonAsync(teammate, $"Write note {turn}", conversation)).Reply.ConversationId;

        var told = portal.Model.LastTold;
        told.Count.ShouldBe(1 + 40 + 1);
        told[0].Role.ShouldBe(ChatRole.System);
        told[1].Text.ShouldBe("Write note 3");
        told[^1].Text.ShouldBe("Write note 23");
    }

    [Fact]
    public async Task The_model_is_told_at_most_60000_earlier_characters()
    {
        var teammate = await portal.HireAsync();
        var first = (AskOutcome.Answered)await portal.AskAsPersonAsync(teammate, new string('a', 59_000));
        await portal.AskAsPersonAsync(teammate, "Shorter", first.Reply.ConversationId);
        portal.Model.LastTold.Count.ShouldBe(4);
        await portal.AskAsPersonAsync(teammate, "Even shorter", first.Reply.ConversationId);
        portal.Model.LastTold.Select(message => message.Text).ShouldNotContain(first.Question.Text);
        portal.Model.LastTold.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Only_conversations_of_software_with_the_same_teammate_exist_for_a_key()
    {
        var key = await portal.GenerateAsync();
        var sibling = await portal.GenerateAsync(key.TeammateId);
        var stranger = await portal.GenerateAsync();
        var ours = Text(await portal.AnswerAsync(key, "Hello"), "conversationId");
        var persons = ((AskOutcome.Answered)await portal.AskAsPersonAsync(key.TeammateId, "Hello")).Reply.ConversationId;

        await portal.AnswerAsync(sibling, "Go on", ours);
        foreach (var (who, conversation) in new[] { (key, persons), (stranger, ours), (key, "cv_unknown"), (key, "") })
        {
            using var refused = await portal.AskAsync(who, "Go on", conversation);
            await ShouldBeAsync(refused, HttpStatusCode.NotFound, "not_found");
        }

        (await portal.AskAsPersonAsync(key.TeammateId, "Go on", persons)).ShouldBeOfType<AskOutcome.Answered>();
        (await portal.AskAsPersonAsync(key.TeammateId, "Go on", ours)).ShouldBeOfType<AskOutcome.ConversationNotFound>();
    }

    [Fact]
    public async Task A_teammate_of_another_workspace_cannot_be_asked()
    {
        var stranger = await portal.AddWorkspaceAsync();
        var teammate = await portal.HireAsync(workspaceId: stranger.WorkspaceId);
        (await portal.AskAsPersonAsync(teammate, "Hello")).ShouldBeOfType<AskOutcome.TeammateNotFound>();
        (await portal.AskAsPersonAsync(teammate, "Hello", workspaceId: stranger.WorkspaceId)).ShouldBeOfType<AskOutcome.Answered>();
    }

    [Fact]
    public async Task A_paused_teammate_refuses_until_it_is_resumed()
    {
        var key = await portal.GenerateAsync();
        await ActAsync(key, (teammates, actor) => teammates.PauseAsync(key.TeammateId, actor, CancellationToken.None));
        using (var refused = await portal.AskAsync(key, "Hello"))
            await ShouldBeAsync(refused, HttpStatusCode.Conflict, "teammate_paused");
        (await portal.MessagesAsync(key.TeammateId)).ShouldBeEmpty();

        await ActAsync(key, (teammates, actor) => teammates.ResumeAsync(key.TeammateId, actor, CancellationToken.None));
        await portal.AnswerAsync(key, "Hello");
    }

    [Fact]
    public async Task A_conversation_works_on_one_question_at_a_time()
    {
        var key = await portal.GenerateAsync();
        var conversation = Text(await portal.AnswerAsync(key, "Hello"), "conversationId");
        var held = portal.AnswerAsync(key, "[hold] first", conversation);
        await portal.Model.WaitUntilHeldAsync();

        using (var refused = await portal.AskAsync(key, "second", conversation))
        {
            await ShouldBeAsync(refused, HttpStatusCode.Conflict, "conversation_busy");
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }

        await portal.AnswerAsync(key, "in another conversation");
        portal.Model.LetGo();
        await held;
        await portal.AnswerAsync(key, "third", conversation);
        (await portal.MessagesAsync(key.TeammateId)).ShouldNotContain(message => message.Text == "second");
    }

    [Fact]
    public async Task A_question_being_worked_on_stops_when_its_key_is_revoked()
    {
        var key = await portal.GenerateAsync();
        var held = portal.AskAsync(key, "[hold] first");
        await portal.Model.WaitUntilHeldAsync();
        await portal.RevokeAsync(key);

        using var answer = await portal.SoonAsync(held);
        await ShouldBeAsync(answer, HttpStatusCode.Unauthorized, "invalid_key");
        answer.Headers.WwwAuthenticate.ToString().ShouldContain("invalid_token");
        (await portal.MessagesAsync(key.TeammateId))[^1].Status.ShouldBe(MessageStatus.Stopped);
        (await portal.EventsAsync(key.TeammateId)).Single().Data.ShouldContain("\"state\":\"stopped\"");
    }

    [Fact]
    public async Task A_key_revoked_after_the_answer_was_written_still_stops_the_reply()
    {
        var key = await portal.GenerateAsync();
        var held = portal.AskAsync(key, "[hold] first");
        await portal.Model.WaitUntilHeldAsync();
        await portal.RevokeAsync(key);
        portal.Model.LetGo();

        using var answer = await held;
        await ShouldBeAsync(answer, HttpStatusCode.Unauthorized, "invalid_key");
        (await portal.MessagesAsync(key.TeammateId))[^1].Status.ShouldBe(MessageStatus.Stopped);
    }

    [Fact]
    public async Task Removing_a_teammate_stops_what_it_works_on()
    {
        var key = await portal.GenerateAsync();
        var held = portal.AskAsync(key, "[hold] first");
        await portal.Model.WaitUntilHeldAsync();
        await ActAsync(key, (teammates, actor) => teammates.RemoveAsync(key.TeammateId, actor, CancellationToken.None));
        (await portal.MessagesAsync(key.TeammateId))[^1].Status.ShouldBe(MessageStatus.Stopped);

        using var answer = await portal.SoonAsync(held);
        await ShouldBeAsync(answer, HttpStatusCode.Unauthorized, "invalid_key");
        (await portal.EventsAsync(key.TeammateId)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_work_goes_on_when_the_client_leaves()
    {
        var key = await portal.GenerateAsync();
        using var leave = new CancellationTokenSource();
        var held = portal.AskAsync(key, "[hold] first", cancellationToken: leave.Token);
        await portal.Model.WaitUntilHeldAsync();
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => held);
        portal.Model.LetGo();
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(key.TeammateId))[^1].Status.ShouldBe(MessageStatus.Completed);
    }

    [Fact]
    public async Task A_model_that_fails_leaves_the_question_and_a_failed_reply()
    {
        var key = await portal.GenerateAsync();
        using var answer = await portal.AskAsync(key, "[fail] please", metadata: new { order = "7" });
        await ShouldBeAsync(answer, HttpStatusCode.BadGateway, "model_failed");

        var messages = await portal.MessagesAsync(key.TeammateId);
        messages.Select(message => message.Status).ShouldBe([MessageStatus.Completed, MessageStatus.Failed]);
        var failed = (await portal.EventsAsync(key.TeammateId)).Single();
        failed.Type.ShouldBe("message.failed");
        failed.VisibleToKeys.ShouldBeTrue();
        failed.Data.ShouldBe($$$"""{"teammateId":"{{{key.TeammateId}}}","conversationId":"{{{messages[1].ConversationId}}}","messageId":"{{{messages[1].Id}}}","state":"failed","metadata":{"order":"7"}}""");
        await portal.AnswerAsync(key, "again", messages[1].ConversationId);
    }

    [Fact]
    public async Task A_model_that_takes_longer_than_5_minutes_is_given_up()
    {
        var key = await portal.GenerateAsync();
        var held = portal.AskAsync(key, "[hold] first");
        await portal.Model.WaitUntilHeldAsync();
        var end = portal.Clock.GetUtcNow() + AskWork.Longest;
        using var receipt = await portal.DoneAsync(held, ahead: AskEndpoint.LongestWait * 2);
        receipt.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        portal.Clock.Advance(end - portal.Clock.GetUtcNow());
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(key.TeammateId))[^1].End.ShouldBe(ReplyEnd.ModelTimeout);
    }

    [Fact]
    public async Task Events_of_what_people_ask_are_not_for_keys()
    {
        var key = await portal.GenerateAsync();
        await portal.AskAsPersonAsync(key.TeammateId, "Something private");
        await portal.AnswerAsync(key, "Hello");
        var events = await portal.EventsAsync(key.TeammateId);
        events.Select(row => (row.Type, row.VisibleToKeys)).ShouldBe([("message.completed", false), ("message.completed", true)]);
        events.ShouldAllBe(row => !row.Data.Contains("private"));
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_too_large_or_unfit_is_refused_and_stores_nothing()
    {
        var key = await portal.GenerateAsync();
        await RefusedAsync(key, new StringContent("""{"text":"a"}""", Encoding.UTF8, "text/plain"), HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        await RefusedAsync(key, new FormUrlEncodedContent([new("text", "a")]), HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        await RefusedAsync(key, null, HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        await RefusedAsync(key, Json(new string(' ', 1024 * 1024) + "{}"), HttpStatusCode.RequestEntityTooLarge, "payload_too_large");
        await RefusedAsync(key, Json("{"), HttpStatusCode.BadRequest, "validation_failed");
        await RefusedAsync(key, Json("""{"text":5}"""), HttpStatusCode.BadRequest, "validation_failed");
        (await portal.MessagesAsync(key.TeammateId)).ShouldBeEmpty();

        using var client = portal.Client();
        using var good = await client.CallAsync(key.Text, Messages, HttpMethod.Post, Json("""{"text":"a"}""" + new string(' ', 1024 * 1024 - 12)));
        good.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", HttpStatusCode.OK)]
    public async Task An_Accept_header_without_JSON_is_refused(string accept, HttpStatusCode expected)
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        client.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using var answer = await client.CallAsync(key.Text, Messages, HttpMethod.Post, Json("""{"text":"a"}"""));
        answer.StatusCode.ShouldBe(expected);
        (await portal.MessagesAsync(key.TeammateId)).Count.ShouldBe(expected == HttpStatusCode.OK ? 2 : 0);
    }

    internal static async Task ShouldBeAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Text(problem, "code").ShouldBe(code);
    }

    internal static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private async Task RefusedAsync(TestKey key, HttpContent? content, HttpStatusCode status, string code)
    {
        using var client = portal.Client();
        using var answer = await client.CallAsync(key.Text, Messages, HttpMethod.Post, content);
        await ShouldBeAsync(answer, status, code);
    }

    private Task<TeammateOutcome> ActAsync(TestKey key, Func<TeammateService, Actor, Task<TeammateOutcome>> act) => portal.InScopeAsync(
        services => act(services.GetRequiredService<TeammateService>(), new Actor(key.WorkspaceId, ActorKind.Person, "usr_test", "Test")), key.WorkspaceId);
}
