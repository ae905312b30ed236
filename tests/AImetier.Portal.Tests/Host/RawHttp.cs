using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AImetier.Portal.Tests.Host;

/// <summary>One request over a bare socket, for bytes that no well-behaved client would send.</summary>
public static class RawHttp
{
    /// <summary>Sends a GET with header lines as they are and reads the answer to its end.</summary>
    public static Task<RawAnswer> GetAsync(Uri address, string path, params string[] headers) => SendAsync(address, "GET", path, "", [$"Host: {address.Authority}", .. headers]);

    /// <summary>Sends a request with header lines as they are and reads the answer to its end.</summary>
    public static async Task<RawAnswer> SendAsync(Uri address, string method, string path, string body, params string[] headers)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        var text = $"{method} {path} HTTP/1.1\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync().WaitAsync(Until.Longest);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var status = int.Parse(answer.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        return new RawAnswer(status, end < 0 ? answer : answer[..end], end < 0 ? "" : answer[(end + 4)..]);
    }
}

/// <summary>Status, headers and body (perhaps chunked) of an answer.</summary>
public sealed record RawAnswer(int Status, string Headers, string Body)
{
    /// <summary>The problem's code, or null where the body is none.</summary>
    public string? Code
    {
        get
        {
            var start = Body.IndexOf('{', StringComparison.Ordinal);
            var end = Body.LastIndexOf('}');
            if (start < 0 || end < start)
                return null;
            using var json = JsonDocument.Parse(Body[start..(end + 1)]);
            return json.RootElement.GetProperty("code").GetString();
        }
    }
}
