using System.Text.Json;

namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>Parameters that change what an answer is. A teammate cannot keep to them, and to pretend would mislead.</summary>
internal static class RefusedParameters
{
    private const string OwnTools = "The teammate uses its own tools; a program cannot give it others. Leave this out.";

    /// <summary>Refuses them where they ask for something.</summary>
    /// <param name="body">The body.</param>
    /// <exception cref="UnfitException">One does.</exception>
    public static void Check(JsonElement body)
    {
        foreach (var parameter in body.EnumerateObject())
        {
            if (SentenceOf(parameter.Name, parameter.Value) is { } sentence)
                throw new UnfitException(parameter.Name, sentence);
        }
    }

    private static string? SentenceOf(string name, JsonElement value) => name switch
    {
        "n" when value.ValueKind != JsonValueKind.Null && !(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var n) && n == 1) =>
            "A teammate gives one answer: send 1, or leave this out.",
        "tools" or "functions" or "web_search_options" when !IsEmpty(value) => OwnTools,
        "tool_choice" or "function_call" when !IsEmpty(value) && !Is(value, "none") && !Is(value, "auto") => OwnTools,
        "response_format" when !IsEmpty(value) && !(value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type) && Is(type, "text")) =>
            "A teammate answers in text. Leave this out, and say in the message what the answer shall look like.",
        "modalities" when !IsEmpty(value) && !(value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(one => Is(one, "text"))) =>
            "A teammate answers in text.",
        "audio" when !IsEmpty(value) => "A teammate answers in text.",
        "logprobs" when value.ValueKind == JsonValueKind.True => "A teammate's answer has none. Leave this out.",
        "stop" when !IsEmpty(value) => "A teammate ends its answer itself. Leave this out.",
        _ => null,
    };

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
}
