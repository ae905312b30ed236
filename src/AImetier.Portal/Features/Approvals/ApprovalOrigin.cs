namespace AImetier.Portal.Features.Approvals;

/// <summary>Where a wish to send something comes from.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="TeammateId">The teammate that would send it.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="MessageId">The reply.</param>
/// <param name="VisibleToKeys">Whether the conversation was begun by software.</param>
/// <param name="By">Who asked the teammate.</param>
/// <param name="Metadata">What the asker attached: a JSON object of strings.</param>
public sealed record ApprovalOrigin(
    string WorkspaceId, string TeammateId, string ConversationId, string MessageId, bool VisibleToKeys, Requester By, string Metadata);
