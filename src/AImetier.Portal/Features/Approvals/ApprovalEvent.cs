namespace AImetier.Portal.Features.Approvals;

/// <summary>What an event about an approval tells: ids and state, never what would leave.</summary>
/// <param name="TeammateId">The teammate.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="MessageId">The reply.</param>
/// <param name="ApprovalId">The approval.</param>
/// <param name="State">Its state.</param>
/// <param name="Metadata">What the asker attached.</param>
public sealed record ApprovalEvent(
    string TeammateId, string ConversationId, string MessageId, string ApprovalId, string State, IReadOnlyDictionary<string, string> Metadata);
