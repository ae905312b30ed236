using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using AImetier.Portal.Tests.Host;

namespace AImetier.Portal.Tests.OpenAiDoor;

/// <summary>Calls the OpenAI-compatible door over plain HTTP.</summary>
internal static class DoorClient
{
    public const string Completions = "/api/openai/v1/chat/completions";

    /// <summary>Posts a body as it is; the head of the answer is enough.</summary>
    public static async Task<HttpResponseMessage> CompleteAsync(this PortalHost portal, string? key, object body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Completions)
        {
            Content = body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(body),
        };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var client = portal.Client();
        client.Timeout = TimeSpan.FromMinutes(5);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Asks one thing and reads a good answer.</summary>
    public static async Task<JsonElement> CompletedAsync(this PortalHost portal, TestKey key, params (string Role, string Content)[] messages)
    {
        using var answer = await portal.CompleteAsync(key.Text, new { messages = messages.Select(one => new { role = one.Role, content = one.Content }) });
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The body of one question.</summary>
    public static object Question(string text, bool stream = false) => new { stream, messages = new[] { new { role = "user", content = text } } };

    /// <summary>The data lines of a stream.</summary>
    public static async IAsyncEnumerable<string> LinesAsync(this HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync();
        await foreach (var item in SseParser.Create(body).EnumerateAsync())
            yield return item.Data;
    }

    /// <summary>What the assistant said.</summary>
    public static string Said(this JsonElement completion) => completion.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

    /// <summary>The error of an answer in OpenAI's shape.</summary>
    public static async Task<JsonElement> ErrorAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
}
