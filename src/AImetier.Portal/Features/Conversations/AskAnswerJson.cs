using AImetier.Portal.Features.Approvals;

namespace AImetier.Portal.Features.Conversations;

/// <summary>The answer to an ask over the API.</summary>
/// <param name="ConversationId">The conversation, new or continued.</param>
/// <param name="Message">The question.</param>
/// <param name="Reply">The reply.</param>
/// <param name="Approvals">What the reply wants to send.</param>
public sealed record AskAnswerJson(string ConversationId, MessageJson Message, MessageJson Reply, IReadOnlyList<ApprovalJson> Approvals);
