using System.Text.Json;
using AImetier.Portal.Features.Conversations;

namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>
/// The body of a chat completion, read as strictly as <see cref="AskBody"/>. What only tunes a model is ignored; what would have the client
/// wait for something that never comes is refused.
/// </summary>
internal abstract record CompletionBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    private CompletionBody()
    {
    }

    /// <summary>Reads a body.</summary>
    /// <param name="bytes">Its bytes.</param>
    public static CompletionBody Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : new Refused("body", "It must be a JSON object.");
        }
        catch (UnfitException e)
        {
            return new Refused(e.Field, e.Message);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Escapes that are no text surface as InvalidOperationException.
            return new Refused("body", "It must be one valid JSON object in UTF-8, with no field twice and at most 64 levels.");
        }
    }

    private static Good Read(JsonElement body)
    {
        RefusedParameters.Check(body);
        var text = CompletionMessages.TextOf(body);
        var metadata = ReadMetadata(body);
        foreach (var (field, sentences) in AskText.Check(text, metadata))
            throw new UnfitException(field == "text" ? "messages" : field, sentences[0]);
        var streamed = Flag(body, "stream");
        var options = body.TryGetProperty("stream_options", out var value) && value.ValueKind == JsonValueKind.Object ? value : default;
        return new(ReadModel(body), text, metadata, streamed, options.ValueKind == JsonValueKind.Object && Flag(options, "include_usage"));
    }

    private static string? ReadModel(JsonElement body) =>
        !body.TryGetProperty("model", out var model) || model.ValueKind == JsonValueKind.Null ? null
        : model.ValueKind == JsonValueKind.String ? model.GetString()
        : throw new UnfitException("model", "It must be a string.");

    private static bool Flag(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        _ => throw new UnfitException(name, "It must be true or false."),
    };

    private static Dictionary<string, string>? ReadMetadata(JsonElement body)
    {
        if (!body.TryGetProperty("metadata", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Any(entry => entry.Value.ValueKind != JsonValueKind.String))
            throw new UnfitException("metadata", "It must be an object of strings.");
        return value.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal);
    }

    /// <summary>The body fits.</summary>
    /// <param name="Model">The name that was sent, or null.</param>
    /// <param name="Text">What is asked, with what was said before.</param>
    /// <param name="Metadata">What is attached, or null.</param>
    /// <param name="Stream">Whether the answer is wanted piece by piece.</param>
    /// <param name="IncludeUsage">Whether the stream shall say what was used.</param>
    public sealed record Good(string? Model, string Text, IReadOnlyDictionary<string, string>? Metadata, bool Stream, bool IncludeUsage) : CompletionBody;

    /// <summary>The body does not fit.</summary>
    /// <param name="Field">What does not; <c>body</c> for the whole.</param>
    /// <param name="Sentence">Why, for a developer.</param>
    public sealed record Refused(string Field, string Sentence) : CompletionBody;
}
