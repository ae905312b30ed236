using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>Work that takes long: a receipt, reading on, and stopping.</summary>
public sealed class ReceiptTests(AskPortal portal) : IClassFixture<AskPortal>
{
    [Theory]
    [InlineData("respond-async")]
    [InlineData("wait=10, Respond-Async; x=1")]
    public async Task Who_prefers_a_receipt_gets_one_and_reads_the_reply_there(string prefer)
    {
        var key = await portal.GenerateAsync();
        using var receipt = await PostAsync(key, "/api/v1/teammates/me/messages", new { text = "[hold] first" }, ("Prefer", prefer));
        await portal.Model.WaitUntilHeldAsync();
        receipt.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        receipt.Headers.GetValues("Preference-Applied").Single().ShouldBe("respond-async");
        receipt.Headers.GetValues("Retry-After").Single().ShouldBe("2");
        var place = receipt.Headers.Location!;

        var working = await GetAsync(key, place);
        working.GetProperty("status").GetString().ShouldBe("working");
        portal.Model.LetGo();
        await portal.WhenIdleAsync();
        var whole = await GetAsync(key, place);
        whole.GetProperty("status").GetString().ShouldBe("completed");
        whole.GetProperty("text").GetString()!.Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task After_60_seconds_everybody_gets_a_receipt()
    {
        var key = await portal.GenerateAsync();
        var held = portal.AskAsync(key, "[hold] first");
        await portal.Model.WaitUntilHeldAsync();
        using var receipt = await portal.DoneAsync(held, ahead: AskEndpoint.LongestWait * 2);
        receipt.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        portal.Model.LetGo();
        await portal.WhenIdleAsync();
        (await GetAsync(key, receipt.Headers.Location!)).GetProperty("status").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task A_stopped_reply_keeps_what_was_written_and_stopping_twice_changes_nothing()
    {
        var key = await portal.GenerateAsync();
        await using var stream = await StreamClient.OpenAsync(portal, key.Text, "/api/v1/teammates/me/messages", JsonContent.Create(new { text = "[slow 100] Draft a note" }));
        var accepted = (await stream.NextAsync())!.Data.GetProperty("reply");
        var written = (await portal.DoneAsync(stream.NextAsync()))!.Data.GetProperty("text").GetString()!;

        var address = $"/api/v1/teammates/me/conversations/{accepted.GetProperty("conversationId").GetString()}/messages/{accepted.GetProperty("id").GetString()}/stop";
        for (var time = 0; time < 2; time++)
        {
            using var stopped = await PostAsync(key, address, null);
            stopped.StatusCode.ShouldBe(HttpStatusCode.OK);
            var reply = await stopped.Content.ReadFromJsonAsync<JsonElement>();
            reply.GetProperty("status").GetString().ShouldBe("stopped");
            reply.GetProperty("text").GetString().ShouldStartWith(written);
        }

        var last = (await stream.AllAsync())[^1];
        last.Type.ShouldBe("message.completed");
        last.Data.GetProperty("reply").GetProperty("status").GetString().ShouldBe("stopped");
    }

    [Fact]
    public async Task A_whole_reply_stays_whole_when_it_is_stopped_too_late()
    {
        var key = await portal.GenerateAsync();
        var answer = await portal.AnswerAsync(key, "Hello");
        using var stopped = await PostAsync(
            key, $"/api/v1/teammates/me/conversations/{answer.GetProperty("conversationId").GetString()}/messages/{answer.GetProperty("reply").GetProperty("id").GetString()}/stop", null);
        (await stopped.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task A_reply_stopped_by_another_process_ends_within_a_second()
    {
        var key = await portal.GenerateAsync();
        var held = portal.AskAsync(key, "[hold] first");
        await portal.Model.WaitUntilHeldAsync();
        await portal.RequestStopInTheDatabaseAsync(key.TeammateId);
        using var answer = await portal.SoonAsync(held);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reply").GetProperty("status").GetString().ShouldBe("stopped");
        (await portal.MessagesAsync(key.TeammateId))[^1].End.ShouldBe(ReplyEnd.StopRequested);
    }

    [Fact]
    public async Task A_stopped_reply_sends_nothing()
    {
        var key = await portal.GenerateAsync();
        await using var stream = await StreamClient.OpenAsync(
            portal, key.Text, "/api/v1/teammates/me/messages", JsonContent.Create(new { text = "[slow 100] [email to=client@example.com] Say thanks" }));
        var accepted = (await stream.NextAsync())!.Data.GetProperty("reply");
        await portal.DoneAsync(stream.NextAsync());
        using var stopped = await PostAsync(
            key, $"/api/v1/teammates/me/conversations/{accepted.GetProperty("conversationId").GetString()}/messages/{accepted.GetProperty("id").GetString()}/stop", null);
        stopped.EnsureSuccessStatusCode();
        (await GetAsync(key, new Uri("/api/v1/teammates/me/approvals", UriKind.Relative))).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    private async Task<JsonElement> GetAsync(TestKey key, Uri place)
    {
        using var client = portal.Client();
        using var answer = await client.CallAsync(key.Text, place.ToString());
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpResponseMessage> PostAsync(TestKey key, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var client = portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", key.Text);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }
}
