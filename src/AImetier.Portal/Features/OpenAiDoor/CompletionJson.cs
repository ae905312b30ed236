using System.Text.Json.Serialization;
using AImetier.Portal.Features.Approvals;

namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>An answer in the shape of OpenAI's <c>chat.completion</c>.</summary>
/// <param name="Id"><c>chatcmpl-</c> and the reply's id.</param>
/// <param name="Created">When the reply was begun, in seconds since 1970.</param>
/// <param name="Model">The teammate's id.</param>
/// <param name="Choices">One.</param>
/// <param name="Usage">Zeros.</param>
/// <param name="Aimetier">What the Portal keeps of it.</param>
internal sealed record CompletionJson(
    string Id, long Created, string Model, IReadOnlyList<CompletionJson.Choice> Choices, CompletionJson.Tokens Usage, CompletionJson.Kept Aimetier)
{
    public string Object { get; } = "chat.completion";

    internal sealed record Choice(int Index, Said Message, [property: JsonPropertyName("finish_reason")] string FinishReason)
    {
        public object? Logprobs { get; }
    }

    internal sealed record Said(string Role, string Content)
    {
        public string? Refusal { get; }
    }

    /// <summary>What a call used. The Portal does not count tokens, and does not make numbers up.</summary>
    internal sealed record Tokens
    {
        [JsonPropertyName("prompt_tokens")]
        public int Prompt { get; }

        [JsonPropertyName("completion_tokens")]
        public int Completion { get; }

        [JsonPropertyName("total_tokens")]
        public int Total { get; }
    }

    /// <summary>Where the answer is kept, and what it wants to send.</summary>
    internal sealed record Kept(string ConversationId, string MessageId, IReadOnlyList<ApprovalJson> Approvals);
}
