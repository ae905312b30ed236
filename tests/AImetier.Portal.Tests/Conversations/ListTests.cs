using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>Lists of the API: parts, order, and what keys may see.</summary>
public sealed class ListTests(AskPortal portal) : IClassFixture<AskPortal>
{
    [Theory]
    [InlineData("desc")]
    [InlineData("asc")]
    public async Task Every_conversation_comes_once_also_while_new_ones_are_begun(string order)
    {
        var key = await portal.GenerateAsync();
        var begun = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            begun.Add((await portal.AnswerAsync(key, $"Question {number}")).GetProperty("conversationId").GetString()!);
            portal.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var read = new List<string>();
        string? cursor = null;
        do
        {
            var part = await GetAsync(key, $"/conversations?limit=2&order={order}" + (cursor is null ? "" : $"&cursor={cursor}"));
            var ids = part.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetString()!).ToList();
            ids.Count.ShouldBeLessThanOrEqualTo(2);
            read.AddRange(ids);
            cursor = part.GetProperty("nextCursor").GetString();
            if (read.Count == 2 && order == "desc")
                await portal.AnswerAsync(key, "A new one");
        }
        while (cursor is not null);

        read.Count.ShouldBe(5);
        read.Order(StringComparer.Ordinal).ShouldBe(begun.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Messages_come_by_their_place_newest_first_unless_asked_otherwise()
    {
        var key = await portal.GenerateAsync();
        var conversation = (await portal.AnswerAsync(key, "First")).GetProperty("conversationId").GetString()!;
        await portal.AnswerAsync(key, "Second", conversation);
        (await TextsAsync(key, $"/conversations/{conversation}/messages?order=asc"))[0].ShouldBe("First");
        (await TextsAsync(key, $"/conversations/{conversation}/messages"))[1].ShouldBe("Second");

        var one = await GetAsync(key, $"/conversations/{conversation}/messages?limit=1");
        var rest = await GetAsync(key, $"/conversations/{conversation}/messages?cursor={one.GetProperty("nextCursor").GetString()}");
        rest.GetProperty("data").GetArrayLength().ShouldBe(3);
        rest.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_people_wrote_in_Chat_does_not_exist_for_a_key()
    {
        var key = await portal.GenerateAsync();
        await portal.AskAsPersonAsync(key.TeammateId, "Something private [email to=private@example.com]");
        var messages = await portal.MessagesAsync(key.TeammateId);
        var (conversation, reply) = (messages[1].ConversationId, messages[1].Id);
        foreach (var path in new[] { $"/conversations/{conversation}", $"/conversations/{conversation}/messages", $"/conversations/{conversation}/messages/{reply}" })
            (await StatusAsync(key, path)).ShouldBe(HttpStatusCode.NotFound);
        foreach (var list in new[] { "/conversations", "/approvals" })
            (await GetAsync(key, list)).GetProperty("data").GetArrayLength().ShouldBe(0);

        // The twin: what software asked is there.
        var ours = await portal.AnswerAsync(key, "Hello [email to=client@example.com]");
        var ourConversation = ours.GetProperty("conversationId").GetString();
        (await StatusAsync(key, $"/conversations/{ourConversation}")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(key, $"/conversations/{ourConversation}/messages/{ours.GetProperty("reply").GetProperty("id").GetString()}")).ShouldBe(HttpStatusCode.OK);
        foreach (var list in new[] { "/conversations", "/approvals" })
            (await GetAsync(key, list)).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await StatusAsync(key, $"/conversations/{ourConversation}/messages/{reply}")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_approval_is_shown_exactly_and_its_state_can_be_asked_for()
    {
        var key = await portal.GenerateAsync(name: "Booking form");
        var answer = await portal.AnswerAsync(key, "Hello [email to=client@example.com]", metadata: new { order = "7" });
        var id = answer.GetProperty("approvals")[0].GetProperty("id").GetString();
        var approval = await GetAsync(key, $"/approvals/{id}");
        approval.GetProperty("state").GetString().ShouldBe("waiting");
        approval.GetProperty("kind").GetString().ShouldBe("email");
        approval.GetProperty("requestedBy").GetRawText().ShouldBe($$"""{"kind":"key","name":"Booking form","tokenId":"{{key.Id}}"}""");
        approval.GetProperty("decidedBy").ValueKind.ShouldBe(JsonValueKind.Null);
        approval.GetProperty("metadata").GetProperty("order").GetString().ShouldBe("7");
        (await GetAsync(key, "/approvals?state=waiting")).GetProperty("data").GetArrayLength().ShouldBe(1);
        (await GetAsync(key, "/approvals?state=sent")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await StatusAsync(key, "/approvals?state=maybe")).ShouldBe(HttpStatusCode.BadRequest);
        (await StatusAsync(key, "/approvals/apr_00000000000000000000")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=ten")]
    [InlineData("order=up")]
    [InlineData("cursor=")]
    [InlineData("cursor=nonsense")]
    [InlineData("cursor=MXx4fHk")]
    [InlineData("cursor=MXw5OTk5OTk5OTk5OTk5OTk5OTk5fGE")]
    public async Task A_query_that_does_not_fit_is_refused(string query)
    {
        var key = await portal.GenerateAsync();
        foreach (var list in new[] { "/conversations", "/approvals", "/events" })
        {
            (await StatusAsync(key, $"{list}?{query}")).ShouldBe(HttpStatusCode.BadRequest);
            (await StatusAsync(key, $"{list}?limit=100&order=asc")).ShouldBe(HttpStatusCode.OK);
        }
    }

    private async Task<List<string?>> TextsAsync(TestKey key, string path) =>
        [.. (await GetAsync(key, path)).GetProperty("data").EnumerateArray().Select(row => row.GetProperty("text").GetString())];

    private async Task<JsonElement> GetAsync(TestKey key, string path)
    {
        using var answer = await SendAsync(key, path);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<HttpStatusCode> StatusAsync(TestKey key, string path)
    {
        using var answer = await SendAsync(key, path);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(TestKey key, string path)
    {
        using var client = portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/teammates/me" + path);
        request.Headers.Authorization = new("Bearer", key.Text);
        request.Headers.Accept.ParseAdd("application/json");
        return await client.SendAsync(request);
    }
}
