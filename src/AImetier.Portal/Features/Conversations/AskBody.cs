using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace AImetier.Portal.Features.Conversations;

/// <summary>The JSON body of an ask, read strictly: one object of UTF-8 JSON, no field twice, at most 32 levels deep. Fields that are not known are ignored.</summary>
public abstract record AskBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    private AskBody()
    {
    }

    /// <summary>Reads a body.</summary>
    /// <param name="body">Its bytes.</param>
    public static AskBody Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : Bad("body", "It must be a JSON object.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A name whose escapes are no text surfaces as InvalidOperationException.
            return Bad("body", "It must be one valid JSON object in UTF-8, with no field twice and at most 32 levels.");
        }
    }

    private static AskBody Read(JsonElement body)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var text = ReadText(body, "text", required: true, errors);
        var conversationId = ReadText(body, "conversationId", required: false, errors);
        var metadata = ReadMetadata(body, errors);
        if (text is not null)
        {
            foreach (var (field, sentences) in AskText.Check(text, metadata))
                errors.TryAdd(field, sentences);
        }

        return errors.Count > 0 ? new Refused(errors) : new Good(text!, conversationId, metadata);
    }

    private static string? ReadText(JsonElement body, string field, bool required, Dictionary<string, string[]> errors)
    {
        if (!body.TryGetProperty(field, out var value) || (!required && value.ValueKind == JsonValueKind.Null))
        {
            if (required)
                errors[field] = ["It is required."];
            return null;
        }

        if (TryString(value) is { } text)
            return text;
        errors[field] = ["It must be a string of valid Unicode text."];
        return null;
    }

    private static Dictionary<string, string>? ReadMetadata(JsonElement body, Dictionary<string, string[]> errors)
    {
        if (!body.TryGetProperty("metadata", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in value.EnumerateObject())
            {
                if (TryString(entry.Value) is not { } text)
                {
                    errors["metadata"] = ["Every value must be a string of valid Unicode text."];
                    return null;
                }

                metadata[entry.Name] = text;
            }

            return metadata;
        }

        errors["metadata"] = ["It must be an object of strings."];
        return null;
    }

    private static string? TryString(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Escapes that are half of a surrogate pair.
            return null;
        }
    }

    private static Refused Bad(string field, string sentence) => new(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [sentence] });

    /// <summary>A body that fits: what is asked, and what goes with it.</summary>
    /// <param name="Text">What is asked.</param>
    /// <param name="ConversationId">The conversation to go on with; without it, a new one is begun.</param>
    /// <param name="Metadata">Up to 16 texts with names of up to 64 characters, for your own use; they come back on messages, approvals and events.</param>
    public sealed record Good(
        [property: MinLength(1), MaxLength(AskText.LongestText)] string Text, string? ConversationId = null, IReadOnlyDictionary<string, string>? Metadata = null) : AskBody;

    /// <summary>The body does not fit.</summary>
    /// <param name="Errors">Sentences by field; <c>body</c> for the whole.</param>
    public sealed record Refused(IReadOnlyDictionary<string, string[]> Errors) : AskBody;
}
