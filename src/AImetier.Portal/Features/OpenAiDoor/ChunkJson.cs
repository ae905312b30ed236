using System.Text.Json.Serialization;

namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>A piece of an answer in the shape of OpenAI's <c>chat.completion.chunk</c>.</summary>
/// <param name="Id"><c>chatcmpl-</c> and the reply's id.</param>
/// <param name="Created">When the reply was begun, in seconds since 1970.</param>
/// <param name="Model">The teammate's id.</param>
/// <param name="Choices">One; none with the usage.</param>
internal sealed record ChunkJson(string Id, long Created, string Model, IReadOnlyList<ChunkJson.Choice> Choices)
{
    public string Object { get; } = "chat.completion.chunk";

    /// <summary>Zeros, in the chunk of its own that a client may ask for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CompletionJson.Tokens? Usage { get; init; }

    /// <summary>What the Portal keeps of the answer, with the last piece.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CompletionJson.Kept? Aimetier { get; init; }

    internal sealed record Choice(int Index, Part Delta, [property: JsonPropertyName("finish_reason")] string? FinishReason);

    internal sealed record Part
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Role { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Content { get; init; }
    }
}
