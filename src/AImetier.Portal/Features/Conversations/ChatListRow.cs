namespace AImetier.Portal.Features.Conversations;

/// <summary>A line in the list of conversations.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="TeammateName">Name of the teammate, removed ones included.</param>
public sealed record ChatListRow(Conversation Conversation, string TeammateName);
