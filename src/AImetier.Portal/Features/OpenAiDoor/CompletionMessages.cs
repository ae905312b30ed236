using System.Text.Encodings.Web;
using System.Text.Json;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>
/// Makes the question of an ask out of the messages of a chat that the program keeps: the last message of the user is asked, everything else is
/// sent along as information, one line of JSON each. With one message the question is exactly that message.
/// </summary>
internal static class CompletionMessages
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads <c>messages</c>.</summary>
    /// <param name="body">The body.</param>
    /// <exception cref="UnfitException">They do not fit.</exception>
    public static string TextOf(JsonElement body)
    {
        if (!body.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
            throw new UnfitException("messages", "It must be an array of messages.");

        var said = messages.EnumerateArray().Select(Read).ToList();
        var asked = said.FindLastIndex(one => one.Role == "user");
        if (asked < 0)
            throw new UnfitException("messages", "One message must have the role 'user': it is what the teammate is asked.");
        var question = said[asked].Content;
        said.RemoveAt(asked);
        var earlier = said.Where(one => one.Content.Length > 0).Select(one => JsonSerializer.Serialize(one, Readable)).ToList();
        return EarlierMessages.Append(question, earlier, AskText.LongestText);
    }

    private static Said Read(JsonElement message, int index)
    {
        var place = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"messages[{index}]");
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("role", out var role) || role.ValueKind != JsonValueKind.String)
            throw new UnfitException(place, "It must be an object with 'role' and 'content'.");
        var name = role.GetString();
        if (name is not ("system" or "developer" or "user" or "assistant" or "tool"))
            throw new UnfitException(place + ".role", "It must be 'system', 'developer', 'user', 'assistant' or 'tool'.");

        // An assistant's message may hold calls of tools alone: nothing was said.
        if (name == "assistant" && (!message.TryGetProperty("content", out var nothing) || nothing.ValueKind == JsonValueKind.Null))
            return new(name, "");
        return new(name, ContentOf(message, place + ".content"));
    }

    private static string ContentOf(JsonElement message, string place)
    {
        if (!message.TryGetProperty("content", out var content))
            throw new UnfitException(place, "It is required.");
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array when content.GetArrayLength() > 0 => string.Join('\n', content.EnumerateArray().Select(part => PartOf(part, place))),
            _ => throw new UnfitException(place, "It must be a string, or an array of text parts."),
        };
    }

    private static string PartOf(JsonElement part, string place) =>
        part.ValueKind == JsonValueKind.Object
            && part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("text")
            && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new UnfitException(place, "A teammate reads text alone: every part must be {\"type\": \"text\", \"text\": \"…\"}. Images, sound and files are not taken.");

    private sealed record Said(string Role, string Content);
}
