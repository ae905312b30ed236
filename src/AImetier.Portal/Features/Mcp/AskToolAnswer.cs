using System.Text.Json.Serialization;
using AImetier.Portal.Features.Approvals;

namespace AImetier.Portal.Features.Mcp;

/// <summary>What <c>ask_teammate</c> answers.</summary>
/// <param name="Status"><c>completed</c>, <c>stopped</c> (cut short by a person; what was written is there), or <c>working</c>.</param>
/// <param name="ConversationId">The conversation, new or continued.</param>
/// <param name="MessageId">The reply; while it is <c>working</c>, it can be read later in the conversation.</param>
/// <param name="Reply">What the teammate wrote; absent while <c>working</c>.</param>
/// <param name="Approvals">What it wants to send, and how far that is; absent while <c>working</c>.</param>
public sealed record AskToolAnswer(
    string Status,
    string ConversationId,
    string MessageId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reply = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ApprovalJson>? Approvals = null);
