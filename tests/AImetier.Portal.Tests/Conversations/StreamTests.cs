using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>Asks that are answered as a stream.</summary>
public sealed class StreamTests(AskPortal portal) : IClassFixture<AskPortal>
{
    private const string Path = "/api/v1/teammates/me/messages";

    [Fact]
    public async Task The_pieces_of_a_stream_are_the_answer()
    {
        var key = await portal.GenerateAsync();
        await using var stream = await OpenAsync(key, "Draft a note", ("order", "7"));
        stream.Answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var events = await stream.AllAsync();

        events[0].Type.ShouldBe("message.accepted");
        events[0].Data.GetProperty("reply").GetProperty("status").GetString().ShouldBe("working");
        events[^1].Type.ShouldBe("message.completed");
        var whole = events[^1].Data;
        var pieces = events[1..^1];
        pieces.ShouldAllBe(piece => piece.Type == "message.delta");
        string.Concat(pieces.Select(piece => piece.Data.GetProperty("text").GetString())).ShouldBe(whole.GetProperty("reply").GetProperty("text").GetString());
        whole.GetProperty("message").GetProperty("metadata").GetProperty("order").GetString().ShouldBe("7");
        whole.GetProperty("conversationId").GetString().ShouldBe(events[0].Data.GetProperty("conversationId").GetString());
    }

    [Fact]
    public async Task A_piece_is_sent_before_the_next_is_written()
    {
        var key = await portal.GenerateAsync();
        await using var stream = await OpenAsync(key, "[slow 3] Draft a note");
        (await stream.NextAsync())!.Type.ShouldBe("message.accepted");
        (await portal.DoneAsync(stream.NextAsync()))!.Type.ShouldBe("message.delta");
        (await portal.MessagesAsync(key.TeammateId))[^1].Status.ShouldBe(MessageStatus.Working);
        (await portal.DoneAsync(stream.AllAsync()))[^1].Type.ShouldBe("message.completed");
    }

    [Fact]
    public async Task A_model_that_fails_ends_the_stream_with_its_problem()
    {
        var key = await portal.GenerateAsync();
        await using var stream = await OpenAsync(key, "[fail] please");
        var events = await stream.AllAsync();
        events.Select(one => one.Type).ShouldBe(["message.accepted", "message.failed"]);
        events[1].Data.GetProperty("code").GetString().ShouldBe("model_failed");
        events[1].Data.GetProperty("requestId").GetString().ShouldBe(stream.Answer.Headers.GetValues("X-Request-Id").Single());
    }

    [Fact]
    public async Task A_stream_and_its_work_end_with_their_key_and_another_keys_goes_on()
    {
        var key = await portal.GenerateAsync();
        var other = await portal.GenerateAsync(key.TeammateId);
        await using var stream = await OpenAsync(key, "[hold] first");
        await using var goesOn = await OpenAsync(other, "[hold] second");
        (await stream.NextAsync())!.Type.ShouldBe("message.accepted");
        (await goesOn.NextAsync())!.Type.ShouldBe("message.accepted");
        await portal.Model.WaitUntilHeldAsync();
        await portal.Model.WaitUntilHeldAsync();

        await portal.RevokeAsync(key);
        (await portal.SoonAsync(stream.NextAsync())).ShouldBeNull();
        await portal.TrueAsync(async () => (await portal.MessagesAsync(key.TeammateId)).Any(message => message.End == ReplyEnd.KeyRevoked));

        portal.Model.LetGo();
        (await goesOn.AllAsync())[^1].Type.ShouldBe("message.completed");
    }

    [Fact]
    public async Task The_work_goes_on_when_a_stream_is_left_and_the_answer_can_be_read()
    {
        var key = await portal.GenerateAsync();
        JsonElement accepted;
        await using (var stream = await OpenAsync(key, "[hold] first"))
        {
            accepted = (await stream.NextAsync())!.Data.GetProperty("reply");
            await portal.Model.WaitUntilHeldAsync();
        }

        portal.Model.LetGo();
        await portal.WhenIdleAsync();
        using var client = portal.Client();
        using var read = await client.CallAsync(
            key.Text, $"/api/v1/teammates/me/conversations/{accepted.GetProperty("conversationId").GetString()}/messages/{accepted.GetProperty("id").GetString()}");
        var reply = await read.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        reply.GetProperty("status").GetString().ShouldBe("completed");
        reply.GetProperty("text").GetString()!.ShouldContain("Practice answer");
    }

    [Fact]
    public async Task What_the_reply_wants_to_send_comes_before_its_end()
    {
        var key = await portal.GenerateAsync();
        await using var stream = await OpenAsync(key, "[email to=client@example.com] Say thanks", ("order", "9"));
        var events = await stream.AllAsync();
        events[^2].Type.ShouldBe("approval.requested");
        var approval = events[^2].Data;
        approval.GetProperty("state").GetString().ShouldBe("waiting");
        approval.GetProperty("details").GetProperty("to").GetString().ShouldBe("client@example.com");
        approval.GetProperty("metadata").GetProperty("order").GetString().ShouldBe("9");
        events[^1].Data.GetProperty("approvals")[0].GetProperty("id").GetString().ShouldBe(approval.GetProperty("id").GetString());
        events[^1].Data.GetProperty("reply").GetProperty("approvals")[0].GetString().ShouldBe(approval.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("text/event-stream", "text/event-stream")]
    [InlineData("text/event-stream, application/json;q=0.5", "text/event-stream")]
    [InlineData("application/json, text/event-stream", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json", "application/json")]
    public async Task What_the_client_prefers_decides(string accept, string type)
    {
        var key = await portal.GenerateAsync();
        using var client = portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { text = "Hello" }) };
        request.Headers.Authorization = new("Bearer", key.Text);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await client.SendAsync(request);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
    }

    private Task<StreamClient> OpenAsync(TestKey key, string text, (string Name, string Value)? metadata = null) => StreamClient.OpenAsync(
        portal, key.Text, Path, JsonContent.Create(new { text, metadata = metadata is { } one ? new Dictionary<string, string>(StringComparer.Ordinal) { [one.Name] = one.Value } : null }));
}
