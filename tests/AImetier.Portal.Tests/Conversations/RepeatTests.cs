using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>Requests that are repeated with the same <c>Idempotency-Key</c>.</summary>
public sealed class RepeatTests(AskPortal portal) : IClassFixture<AskPortal>
{
    [Fact]
    public async Task A_repeated_request_gets_the_same_answer_and_asks_nothing_again()
    {
        var key = await portal.GenerateAsync();
        var repeat = EntityId.New("idem");
        using var first = await AskAsync(key, "Hello", repeat);
        using var second = await AskAsync(key, "Hello", repeat);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Headers.GetValues("Idempotent-Replayed").Single().ShouldBe("true");
        first.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        (await portal.MessagesAsync(key.TeammateId)).Count.ShouldBe(2);

        using var other = await AskAsync(key, "Hello", EntityId.New("idem"));
        other.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        (await portal.MessagesAsync(key.TeammateId)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task It_survives_a_change_of_the_API_token_and_me_is_the_same_teammate()
    {
        var key = await portal.GenerateAsync();
        var replacement = await portal.GenerateAsync(key.TeammateId);
        var repeat = EntityId.New("idem");
        using var first = await AskAsync(key, "Hello", repeat);
        await portal.RevokeAsync(key);
        using var second = await AskAsync(replacement, "Hello", repeat, teammate: key.TeammateId);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());

        using var revoked = await AskAsync(key, "Hello", repeat);
        revoked.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_same_key_for_another_teammate_is_another_request()
    {
        var (key, other) = (await portal.GenerateAsync(), await portal.GenerateAsync());
        var repeat = EntityId.New("idem");
        (await AskAsync(key, "Hello", repeat)).EnsureSuccessStatusCode().Dispose();
        using var second = await AskAsync(other, "Something else", repeat);
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
    }

    [Fact]
    public async Task Other_bytes_with_the_same_key_are_refused()
    {
        var key = await portal.GenerateAsync();
        var repeat = EntityId.New("idem");
        (await AskAsync(key, "Hello", repeat)).EnsureSuccessStatusCode().Dispose();
        using var other = await AskAsync(key, "Hello there", repeat);
        await ShouldBeAsync(other, HttpStatusCode.UnprocessableEntity, "idempotency_mismatch");
        (await portal.MessagesAsync(key.TeammateId)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_repeat_during_the_work_is_told_to_wait()
    {
        var key = await portal.GenerateAsync();
        var repeat = EntityId.New("idem");
        var held = AskAsync(key, "[hold] first", repeat);
        await portal.Model.WaitUntilHeldAsync();
        using (var early = await AskAsync(key, "[hold] first", repeat))
        {
            await ShouldBeAsync(early, HttpStatusCode.Conflict, "idempotency_in_progress");
            early.Headers.RetryAfter.ShouldNotBeNull();
        }

        portal.Model.LetGo();
        using var first = await held;
        using var late = await AskAsync(key, "[hold] first", repeat);
        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.MessagesAsync(key.TeammateId)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Many_at_once_ask_once()
    {
        var key = await portal.GenerateAsync();
        var repeat = EntityId.New("idem");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AskAsync(key, "Hello", repeat)));
        answers.Select(answer => (int)answer.StatusCode).Distinct().ShouldBeSubsetOf([200, 409]);
        answers.ShouldContain(answer => answer.StatusCode == HttpStatusCode.OK);
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(key.TeammateId)).Count.ShouldBe(2);
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task After_a_failure_the_same_question_is_asked_once_more()
    {
        var key = await portal.GenerateAsync();
        var repeat = EntityId.New("idem");
        using (var failed = await AskAsync(key, "[failonce] please", repeat))
            await ShouldBeAsync(failed, HttpStatusCode.BadGateway, "model_failed");
        using var again = await AskAsync(key, "[failonce] please", repeat);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        again.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        var messages = await portal.MessagesAsync(key.TeammateId);
        messages.Select(message => message.Status).ShouldBe([MessageStatus.Completed, MessageStatus.Completed]);
        (await portal.EventsAsync(key.TeammateId)).Select(row => row.Type).ShouldBe(["message.failed", "message.completed"]);
    }

    [Fact]
    public async Task A_question_whose_process_died_is_resumed_not_asked_twice()
    {
        var key = await portal.GenerateAsync();
        var repeat = EntityId.New("idem");
        (await AskAsync(key, "Hello", repeat)).EnsureSuccessStatusCode().Dispose();
        await portal.LeaveUnfinishedAsync(key.TeammateId);
        using var again = await AskAsync(key, "Hello", repeat);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await portal.MessagesAsync(key.TeammateId)).Select(message => message.Status).ShouldBe([MessageStatus.Completed, MessageStatus.Completed]);
    }

    [Fact]
    public async Task A_repeated_stream_is_one_event()
    {
        var key = await portal.GenerateAsync();
        var repeat = EntityId.New("idem");
        const string Body = """{"text":"Hello"}""";
        await using (var first = await OpenAsync(key, Body, repeat))
            (await first.AllAsync()).Count.ShouldBeGreaterThan(1);
        await using var second = await OpenAsync(key, Body, repeat);
        second.Answer.Headers.GetValues("Idempotent-Replayed").Single().ShouldBe("true");
        (await second.AllAsync()).Select(one => one.Type).ShouldBe(["message.completed"]);
    }

    [Fact]
    public async Task After_24_hours_it_is_a_new_request()
    {
        var key = await portal.GenerateAsync();
        var repeat = EntityId.New("idem");
        (await AskAsync(key, "Hello", repeat)).EnsureSuccessStatusCode().Dispose();
        portal.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        using var later = await AskAsync(key, "Hello", repeat);
        later.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        (await portal.MessagesAsync(key.TeammateId)).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    public async Task A_key_that_does_not_fit_is_refused(string repeat)
    {
        var key = await portal.GenerateAsync();
        using var refused = await AskAsync(key, "Hello", repeat);
        await ShouldBeAsync(refused, HttpStatusCode.BadRequest, "validation_failed");
        (await portal.MessagesAsync(key.TeammateId)).ShouldBeEmpty();
    }

    private async Task<HttpResponseMessage> AskAsync(TestKey key, string text, string repeat, string teammate = "me")
    {
        using var client = portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/teammates/{teammate}/messages") { Content = JsonContent.Create(new { text }) };
        request.Headers.Authorization = new("Bearer", key.Text);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", repeat);
        return await client.SendAsync(request);
    }

    private Task<StreamClient> OpenAsync(TestKey key, string body, string repeat) => StreamClient.OpenAsync(
        portal, key.Text, "/api/v1/teammates/me/messages", new StringContent(body, Encoding.UTF8, "application/json"), ("Idempotency-Key", repeat));

    private static async Task ShouldBeAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe(code);
    }
}
