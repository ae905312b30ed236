using AImetier.Portal.Features.Approvals;

namespace AImetier.Portal.Features.Conversations;

/// <summary>An ask whose question is stored and whose reply is being worked on.</summary>
/// <param name="TeammateId">Who is asked.</param>
/// <param name="By">Who asks.</param>
/// <param name="VisibleToKeys">Whether the conversation was begun by software.</param>
/// <param name="Question">The stored question.</param>
/// <param name="Reply">The stored, still empty reply.</param>
public sealed record BegunAsk(string TeammateId, Requester By, bool VisibleToKeys, Message Question, Message Reply);
