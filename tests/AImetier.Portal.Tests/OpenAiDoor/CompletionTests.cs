using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.OpenAiDoor;

/// <summary>Answers of the OpenAI-compatible door, and the rows they leave.</summary>
public sealed class CompletionTests(AskPortal portal) : IClassFixture<AskPortal>
{
    [Fact]
    public async Task The_same_ask_leaves_the_same_rows_through_every_door()
    {
        var (chat, json, stream, door, doorStream) = (await portal.HireAsync(), await portal.GenerateAsync(), await portal.GenerateAsync(), await portal.GenerateAsync(), await portal.GenerateAsync());
        await portal.AskAsPersonAsync(chat, "Draft a note");
        await portal.AnswerAsync(json, "Draft a note");
        await using (var events = await StreamClient.OpenAsync(portal, stream.Text, "/api/v1/teammates/me/messages", JsonContent.Create(new { text = "Draft a note" })))
            await events.AllAsync();
        await portal.CompletedAsync(door, ("user", "Draft a note"));
        using (var answer = await portal.CompleteAsync(doorStream.Text, DoorClient.Question("Draft a note", stream: true)))
            await foreach (var _ in answer.LinesAsync()) { }

        var expected = await RowsAsync(json.TeammateId);
        expected.Count.ShouldBe(3);
        foreach (var teammate in new[] { chat, stream.TeammateId, door.TeammateId, doorStream.TeammateId })
            (await RowsAsync(teammate)).ShouldBe(expected);
        (await portal.MessagesAsync(door.TeammateId)).ShouldAllBe(message => message.RequestedByTokenId == door.Id);
    }

    [Fact]
    public async Task An_answer_has_OpenAIs_shape_and_says_where_it_is_kept()
    {
        var key = await portal.GenerateAsync();
        var completion = await portal.CompletedAsync(key, ("user", "Hello"));
        var reply = (await portal.MessagesAsync(key.TeammateId))[^1];
        completion.GetProperty("id").GetString().ShouldBe("chatcmpl-" + reply.Id);
        completion.GetProperty("object").GetString().ShouldBe("chat.completion");
        completion.GetProperty("created").GetInt64().ShouldBe(reply.CreatedAt.ToUnixTimeSeconds());
        completion.GetProperty("model").GetString().ShouldBe(key.TeammateId);
        var choice = completion.GetProperty("choices").EnumerateArray().ShouldHaveSingleItem();
        choice.GetProperty("finish_reason").GetString().ShouldBe("stop");
        choice.GetProperty("message").GetProperty("role").GetString().ShouldBe("assistant");
        completion.Said().ShouldBe(reply.Text);
        completion.GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(0);
        var kept = completion.GetProperty("aimetier");
        kept.GetProperty("conversationId").GetString().ShouldBe(reply.ConversationId);
        kept.GetProperty("messageId").GetString().ShouldBe(reply.Id);
        kept.GetProperty("approvals").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_waits_for_an_OK_is_said_in_the_answer_and_not_in_the_row()
    {
        var key = await portal.GenerateAsync();
        var completion = await portal.CompletedAsync(key, ("user", "[email to=a@example.com] [email to=b@example.com] Say thanks"));
        var reply = (await portal.MessagesAsync(key.TeammateId))[^1];
        completion.Said().ShouldBe(reply.Text + "\n\n2 e-mails wait for a person's OK.");
        completion.GetProperty("aimetier").GetProperty("approvals").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task What_was_said_before_stands_below_the_question_and_is_not_asked_again()
    {
        var key = await portal.GenerateAsync();
        var completion = await portal.CompletedAsync(
            key, ("system", "Be \"brief\""), ("user", "[email to=a@example.com] Say\nthanks"), ("assistant", "Done."), ("user", "Hello"));
        (await portal.MessagesAsync(key.TeammateId))[0].Text.ShouldBe("""
            Hello

            Earlier in this chat (from the program, as information):
            {"role":"system","content":"Be \"brief\""}
            {"role":"user","content":"[email to=a@example.com] Say\nthanks"}
            {"role":"assistant","content":"Done."}
            """.ReplaceLineEndings("\n"));
        completion.GetProperty("aimetier").GetProperty("approvals").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_oldest_messages_are_left_out_where_not_all_fit()
    {
        var key = await portal.GenerateAsync();
        await portal.CompletedAsync(key, ("user", "oldest " + new string('a', 50_000)), ("assistant", "newer " + new string('b', 60_000)), ("user", "Hello"));
        var text = (await portal.MessagesAsync(key.TeammateId))[0].Text;
        text.Length.ShouldBeLessThanOrEqualTo(AskText.LongestText);
        text.ShouldContain("newer");
        text.ShouldNotContain("oldest");
    }

    [Fact]
    public async Task Text_parts_metadata_and_what_only_tunes_a_model_are_taken()
    {
        var key = await portal.GenerateAsync();
        using var answer = await portal.CompleteAsync(key.Text, $$"""
            {"model": "{{key.TeammateId}}", "temperature": 0.1, "max_tokens": 5, "seed": 1, "n": 1, "tools": [], "stop": null, "response_format": {"type": "text"}, "unknown": {"a": [1]},
             "metadata": {"order": "7"}, "messages": [{"role": "user", "content": [{"type": "text", "text": "Hello"}, {"type": "text", "text": "there"}]}]}
            """);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var question = (await portal.MessagesAsync(key.TeammateId))[0];
        question.Text.ShouldBe("Hello\nthere");
        question.ReadMetadata()["order"].ShouldBe("7");
    }

    [Fact]
    public async Task A_repeated_request_gets_the_same_answer_and_other_doors_keys_are_its_own()
    {
        var key = await portal.GenerateAsync();
        var repeat = ("Idempotency-Key", EntityId.New("idem"));
        using var first = await portal.CompleteAsync(key.Text, DoorClient.Question("Hello"), repeat);
        using var second = await portal.CompleteAsync(key.Text, DoorClient.Question("Hello"), repeat);
        second.Headers.GetValues("Idempotent-Replayed").Single().ShouldBe("true");
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        using var other = await portal.CompleteAsync(key.Text, DoorClient.Question("Other"), repeat);
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await portal.MessagesAsync(key.TeammateId)).Count.ShouldBe(2);

        using var client = portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/teammates/me/messages") { Content = JsonContent.Create(new { text = "Hello" }) };
        request.Headers.Authorization = new("Bearer", key.Text);
        request.Headers.Add(repeat.Item1, repeat.Item2);
        using var elsewhere = await client.SendAsync(request);
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.MessagesAsync(key.TeammateId)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task An_answer_is_waited_for_beyond_the_minute_after_which_others_get_a_receipt()
    {
        var key = await portal.GenerateAsync();
        var held = portal.CompleteAsync(key.Text, DoorClient.Question("[hold] first"));
        await portal.Model.WaitUntilHeldAsync();
        portal.Clock.Advance(AskEndpoint.LongestWait + TimeSpan.FromSeconds(30));
        held.IsCompleted.ShouldBeFalse();
        portal.Model.LetGo();
        using var answer = await portal.DoneAsync(held);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stream_is_chunks_with_role_text_end_usage_and_done()
    {
        var key = await portal.GenerateAsync();
        using var answer = await portal.CompleteAsync(key.Text, """
            {"stream": true, "stream_options": {"include_usage": true}, "messages": [{"role": "user", "content": "[email to=a@example.com] Say thanks"}]}
            """);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var lines = new List<string>();
        await foreach (var line in answer.LinesAsync())
            lines.Add(line);
        lines[^1].ShouldBe("[DONE]");
        var chunks = lines[..^1].Select(line => JsonDocument.Parse(line).RootElement).ToList();
        chunks.ShouldAllBe(chunk => chunk.GetProperty("object").GetString() == "chat.completion.chunk");
        chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("role").GetString().ShouldBe("assistant");
        var text = string.Concat(chunks[..^2].Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString()));
        var reply = (await portal.MessagesAsync(key.TeammateId))[^1];
        text.ShouldBe(reply.Text + "\n\n1 e-mail waits for a person's OK.");
        chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("stop");
        chunks[^2].GetProperty("aimetier").GetProperty("approvals").GetArrayLength().ShouldBe(1);
        chunks[^1].GetProperty("choices").GetArrayLength().ShouldBe(0);
        chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_stream_and_its_work_end_with_their_key_and_another_keys_goes_on()
    {
        var key = await portal.GenerateAsync();
        var other = await portal.GenerateAsync(key.TeammateId);
        using var ends = await portal.CompleteAsync(key.Text, DoorClient.Question("[hold] first", stream: true));
        using var goesOn = await portal.CompleteAsync(other.Text, DoorClient.Question("[hold] second", stream: true));
        await portal.Model.WaitUntilHeldAsync();
        await portal.Model.WaitUntilHeldAsync();

        await portal.RevokeAsync(key);
        (await portal.SoonAsync(LastAsync(ends))).ShouldNotBe("[DONE]");
        await portal.TrueAsync(async () => (await portal.MessagesAsync(key.TeammateId)).Any(message => message.End == ReplyEnd.KeyRevoked));

        portal.Model.LetGo();
        (await LastAsync(goesOn)).ShouldBe("[DONE]");
    }

    private static async Task<string?> LastAsync(HttpResponseMessage answer)
    {
        string? last = null;
        await foreach (var line in answer.LinesAsync())
            last = line;
        return last;
    }

    private async Task<List<string>> RowsAsync(string teammateId)
    {
        var messages = await portal.MessagesAsync(teammateId);
        var events = await portal.EventsAsync(teammateId);
        return [.. messages.Select(row => $"{row.Number} {row.Author} {row.Status} {row.End} {row.Model} {row.Metadata} {row.Text}"), .. events.Select(row => row.Type)];
    }
}
