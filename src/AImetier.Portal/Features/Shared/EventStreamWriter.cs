using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace AImetier.Portal.Features.Shared;

/// <summary>Writes server-sent events; each one leaves at once.</summary>
/// <param name="body">Where to.</param>
/// <remarks>HTML Living Standard, 9.2 "Server-sent events".</remarks>
public sealed class EventStreamWriter(PipeWriter body)
{
    /// <summary>Media type of the stream.</summary>
    public const string ContentType = "text/event-stream";

    /// <summary>Begins an answer that is a stream. Nothing on the way may gather or keep it.</summary>
    /// <param name="response">An answer that has not begun.</param>
    public static EventStreamWriter Begin(HttpResponse response)
    {
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return new EventStreamWriter(response.BodyWriter);
    }

    /// <summary>Writes one event.</summary>
    /// <param name="id">What a reader sends back as <c>Last-Event-ID</c>, or null. One line.</param>
    /// <param name="type">Its type, or null for <c>message</c>. One line.</param>
    /// <param name="data">Its data, of any number of lines.</param>
    /// <param name="cancellationToken">The reader left.</param>
    public Task WriteAsync(string? id, string? type, string data, CancellationToken cancellationToken)
    {
        var lines = new StringBuilder(data.Length + 64);
        if (id is not null)
            lines.Append("id: ").Append(id).Append('\n');
        if (type is not null)
            lines.Append("event: ").Append(type).Append('\n');
        Append(lines, "data: ", data);
        return SendAsync(lines, cancellationToken);
    }

    /// <summary>Writes a comment, which readers skip: it keeps the connection open, and finds out when nobody reads any more.</summary>
    /// <param name="text">The comment.</param>
    /// <param name="cancellationToken">The reader left.</param>
    public Task CommentAsync(string text, CancellationToken cancellationToken)
    {
        var lines = new StringBuilder();
        Append(lines, ": ", text);
        return SendAsync(lines, cancellationToken);
    }

    // CR, LF and CRLF all end a line there.
    private static void Append(StringBuilder lines, string field, string text)
    {
        foreach (var line in text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r'))
            lines.Append(field).Append(line).Append('\n');
    }

    private async Task SendAsync(StringBuilder lines, CancellationToken cancellationToken)
    {
        Encoding.UTF8.GetBytes(lines.Append('\n').ToString(), body);
        await body.FlushAsync(cancellationToken);
    }
}
