using AImetier.Portal.Features.Conversations;

namespace AImetier.Portal.Features.Mcp;

/// <summary>What <c>get_conversation</c> answers.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Messages">Its latest messages, or those before <paramref name="NextCursor"/> was given; the oldest first.</param>
/// <param name="NextCursor">Where the messages before these begin, or null when there are none.</param>
public sealed record ConversationToolAnswer(ConversationJson Conversation, IReadOnlyList<MessageJson> Messages, string? NextCursor);
