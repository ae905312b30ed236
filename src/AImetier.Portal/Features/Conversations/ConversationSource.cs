namespace AImetier.Portal.Features.Conversations;

/// <summary>Through which door a conversation was begun. Only those not begun in Chat exist for keys.</summary>
public enum ConversationSource
{
    /// <summary>A person, in Chat.</summary>
    Chat = 0,

    /// <summary>A key, over the API.</summary>
    Api = 1,

    /// <summary>A key, over MCP.</summary>
    Mcp = 2,

    /// <summary>An incoming hook.</summary>
    Hook = 3,
}
