namespace AImetier.Portal.Features.Conversations;

/// <summary>Marks the resources of Chat.</summary>
public sealed class ChatText;
