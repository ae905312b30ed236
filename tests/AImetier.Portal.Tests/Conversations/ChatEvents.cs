using System.Text;
using AImetier.Portal.Tests.Host;

namespace AImetier.Portal.Tests.Conversations;

/// <summary>Reads the events of a reply as a browser does.</summary>
public sealed class ChatEvents : IDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _lines;

    private ChatEvents(HttpResponseMessage answer, Stream body)
    {
        _answer = answer;
        _lines = new StreamReader(body);
    }

    /// <summary>Opens the stream of a reply.</summary>
    public static async Task<ChatEvents> OpenAsync(ChatBrowser who, string reply)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, reply + "/stream");
        request.Headers.Accept.ParseAdd("text/event-stream");
        var answer = (await who.Browser.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
        return new ChatEvents(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>Comments read so far, the first at the beginning.</summary>
    public int Comments { get; private set; }

    /// <summary>The next event, or null when the stream has ended.</summary>
    public async Task<Happened?> NextAsync()
    {
        var (type, data) = ("", new StringBuilder());
        while (await _lines.ReadLineAsync().WaitAsync(Until.Longest) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data.Append(line[6..]).Append('\n');
            else if (line.Length == 0 && data.Length > 0)
                return new Happened(type, data.ToString(0, data.Length - 1));
            else if (line.StartsWith(':'))
                Comments++;
        }

        return null;
    }

    /// <summary>Every event until the end.</summary>
    public async Task<List<Happened>> RestAsync()
    {
        var events = new List<Happened>();
        while (await NextAsync() is { } happened)
            events.Add(happened);
        return events;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _answer.Dispose();
    }

    /// <summary>One event.</summary>
    public sealed record Happened(string Type, string Data);
}
