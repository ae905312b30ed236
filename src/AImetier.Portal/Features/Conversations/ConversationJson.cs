namespace AImetier.Portal.Features.Conversations;

/// <summary>A conversation in answers of the API.</summary>
/// <param name="Id"><c>cv_…</c>.</param>
/// <param name="Title">First line of the first question, or what a person called it.</param>
/// <param name="Source"><c>api</c>, <c>mcp</c> or <c>hook</c>.</param>
/// <param name="CreatedAt">When it was begun, UTC.</param>
/// <param name="LastMessageAt">When its latest message was added or ended, UTC.</param>
public sealed record ConversationJson(string Id, string Title, string Source, DateTime CreatedAt, DateTime LastMessageAt)
{
    /// <summary>A stored conversation as the API shows it.</summary>
    /// <param name="row">A conversation begun by software.</param>
    public static ConversationJson Of(Conversation row) => new(
        row.Id,
        row.Title,
        row.Source switch { ConversationSource.Mcp => "mcp", ConversationSource.Hook => "hook", _ => "api" },
        row.CreatedAt.UtcDateTime,
        row.LastMessageAt.UtcDateTime);
}
