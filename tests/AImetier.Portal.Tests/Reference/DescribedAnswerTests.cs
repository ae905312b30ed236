using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Reference;

/// <summary>What the API answers is what its description says.</summary>
public sealed class DescribedAnswerTests(AskPortal portal) : IClassFixture<AskPortal>
{
    [Fact]
    public async Task Answers_fit_their_schemas()
    {
        var schemas = new SchemaCheck(await Description.ParseAsync(portal));
        var key = await portal.GenerateAsync();
        var answer = await portal.AnswerAsync(key, "Hello [email to=client@example.com]", metadata: new { order = "7" });
        schemas.Problems("post", "/api/v1/teammates/{id}/messages", "200", JsonNode.Parse(answer.GetRawText())).ShouldBeEmpty();

        var conversation = answer.GetProperty("conversationId").GetString()!;
        var reply = answer.GetProperty("reply").GetProperty("id").GetString()!;
        var approval = answer.GetProperty("approvals")[0].GetProperty("id").GetString()!;
        string[] paths =
        [
            "/api/v1/me",
            "/api/v1/teammates/{id}",
            "/api/v1/teammates/{id}/conversations",
            "/api/v1/teammates/{id}/conversations/{conversationId}",
            "/api/v1/teammates/{id}/conversations/{conversationId}/messages",
            "/api/v1/teammates/{id}/conversations/{conversationId}/messages/{messageId}",
            "/api/v1/teammates/{id}/approvals",
            "/api/v1/teammates/{id}/approvals/{approvalId}",
            "/api/v1/teammates/{id}/events",
        ];
        using var client = portal.Client();
        foreach (var path in paths)
        {
            var address = path.Replace("{id}", "me", StringComparison.Ordinal).Replace("{conversationId}", conversation, StringComparison.Ordinal)
                .Replace("{messageId}", reply, StringComparison.Ordinal).Replace("{approvalId}", approval, StringComparison.Ordinal);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = new("Bearer", key.Text);
            request.Headers.Accept.ParseAdd("application/json");
            using var read = await client.SendAsync(request);
            var body = await read.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>();
            schemas.Problems("get", path, "200", body).ShouldBeEmpty(path);
            if (body!["data"] is JsonArray list)
                list.Count.ShouldBeGreaterThan(0, path);
        }
    }

    [Fact]
    public async Task Events_fit_the_schemas_of_their_webhooks()
    {
        var schemas = new SchemaCheck(await Description.ParseAsync(portal));
        var key = await portal.GenerateAsync();
        await portal.AnswerAsync(key, "Hello [email to=client@example.com]");
        using var client = portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/teammates/me/events");
        request.Headers.Authorization = new("Bearer", key.Text);
        request.Headers.Accept.ParseAdd("application/json");
        using var read = await client.SendAsync(request);
        var events = (await read.Content.ReadFromJsonAsync<JsonNode>())!["data"]!.AsArray();
        events.Select(happened => happened!["type"]!.GetValue<string>()).ShouldBe(["message.completed", "approval.requested", "token.created"], ignoreOrder: true);
        foreach (var happened in events)
        {
            happened!.AsObject().Remove("id").ShouldBeTrue();
            schemas.Problems(happened["type"]!.GetValue<string>(), happened).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("""{"id": "tm_1", "name": "Mia", "role": "Marketing"}""", "status is missing")]
    [InlineData("""{"id": "tm_1", "name": "Mia", "role": "Marketing", "status": "active", "mood": "good"}""", "mood is not described")]
    [InlineData("""{"id": "tm_1", "name": "Mia", "role": "Marketing", "status": "asleep"}""", "status is another word")]
    [InlineData("""{"id": "tm_1", "name": null, "role": "Marketing", "status": "active"}""", "name is of another type")]
    public async Task An_answer_that_does_not_fit_would_be_found(string body, string problem)
    {
        var schemas = new SchemaCheck(await Description.ParseAsync(portal));
        schemas.Problems("get", "/api/v1/teammates/{id}", "200", JsonNode.Parse(body)).ShouldBe(["." + problem]);
    }
}
