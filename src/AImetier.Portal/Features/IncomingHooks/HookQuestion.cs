using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AImetier.Portal.Features.Conversations;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>The question that a body makes, or why it makes none. The body has been verified before.</summary>
public abstract record HookQuestion
{
    /// <summary>Content type of JSON; names that end with <c>+json</c> are JSON too.</summary>
    public const string Json = "application/json";

    /// <summary>Content type of forms.</summary>
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>Content type of plain text.</summary>
    public const string PlainText = "text/plain";

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private HookQuestion()
    {
    }

    /// <summary>Makes the question.</summary>
    /// <param name="template">How.</param>
    /// <param name="contentType">What the sender says that the body is; null where it does not.</param>
    /// <param name="body">The body.</param>
    public static HookQuestion Of(HookTemplate template, string? contentType, ReadOnlyMemory<byte> body)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !IsUtf8(type))
            return new Refused(HookRefusalReason.UnknownType);
        if (!Utf8.IsValid(body.Span))
            return new Refused(HookRefusalReason.NotUtf8);
        if (body.Span.StartsWith(ByteOrderMark))
            body = body[ByteOrderMark.Length..];
        try
        {
            // What is no form and no JSON is refused without a template too: adding one must not change what is taken.
            if (Read(type, body) is not { } document)
                return new Refused(HookRefusalReason.UnknownType);
            var text = template.IsEmpty ? Encoding.UTF8.GetString(body.Span) : template.Fill(document, AskText.LongestText);
            return text is null or { Length: > AskText.LongestText } ? new Refused(HookRefusalReason.TooLong)
                : string.IsNullOrWhiteSpace(text) ? new Refused(HookRefusalReason.Empty)
                : new Good(text.Replace('\0', '\uFFFD'));
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException)
        {
            // A name whose escapes are no text surfaces as InvalidOperationException.
            return new Refused(HookRefusalReason.Unreadable);
        }
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset) is var charset
            && (charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase));

    private static JsonElement? Read(MediaTypeHeaderValue type, ReadOnlyMemory<byte> body)
    {
        if (type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }

        if (type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase))
            return JsonSerializer.SerializeToElement(ReadForm(body).ToDictionary(field => field.Key, field => ValueOf(field.Value), StringComparer.Ordinal));
        return type.MediaType.Equals(PlainText, StringComparison.OrdinalIgnoreCase) ? JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(body.Span)) : null;
    }

    private static Dictionary<string, StringValues> ReadForm(ReadOnlyMemory<byte> body)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(body.Span));
        return reader.ReadForm();
    }

    // A field that stands there several times is a list.
    private static object ValueOf(StringValues values) => values.Count == 1 ? values.ToString() : values.ToArray();

    /// <summary>The question.</summary>
    /// <param name="Text">What the teammate is asked, word for word.</param>
    public sealed record Good(string Text) : HookQuestion;

    /// <summary>There is none.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(HookRefusalReason Reason) : HookQuestion;
}
