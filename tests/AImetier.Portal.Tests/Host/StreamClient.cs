using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace AImetier.Portal.Tests.Host;

/// <summary>An event of a stream, as a client reads it.</summary>
public sealed record StreamEvent(string? Id, string Type, JsonElement Data);

/// <summary>An open stream of the API, read by the framework's own parser.</summary>
public sealed class StreamClient : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private StreamClient(HttpClient client, HttpResponseMessage answer, Stream body)
    {
        _client = client;
        Answer = answer;
        _items = SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator();
    }

    public HttpResponseMessage Answer { get; }

    /// <summary>Opens a stream.</summary>
    public static async Task<StreamClient> OpenAsync(PortalHost portal, string key, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var client = portal.Client();
        using var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Accept.ParseAdd("text/event-stream");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new StreamClient(client, answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event, or null at the end.</summary>
    public async Task<StreamEvent?> NextAsync()
    {
        try
        {
            return await _items.MoveNextAsync().AsTask().WaitAsync(Until.Longest)
                ? new StreamEvent(_items.Current.EventId, _items.Current.EventType, JsonDocument.Parse(_items.Current.Data).RootElement)
                : null;
        }
        catch (IOException)
        {
            // Cut off in mid-answer: over as well.
            return null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Every event up to the end.</summary>
    public async Task<List<StreamEvent>> AllAsync()
    {
        var all = new List<StreamEvent>();
        while (await NextAsync() is { } one)
            all.Add(one);
        return all;
    }

    public ValueTask DisposeAsync()
    {
        Answer.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
