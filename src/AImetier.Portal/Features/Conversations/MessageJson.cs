using AImetier.Portal.Features.Approvals;

namespace AImetier.Portal.Features.Conversations;

/// <summary>A message in answers of the API.</summary>
/// <param name="Id"><c>msg_…</c>.</param>
/// <param name="ConversationId"><c>cv_…</c>.</param>
/// <param name="Author"><c>user</c> or <c>teammate</c>.</param>
/// <param name="Status"><c>working</c>, <c>completed</c>, <c>failed</c> or <c>stopped</c>.</param>
/// <param name="Text">What it says.</param>
/// <param name="CreatedAt">When it was added, UTC.</param>
/// <param name="Model">Name of the model that wrote it, or null.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="Approvals">Ids of what it wants to send.</param>
/// <param name="Metadata">What the asker attached.</param>
public sealed record MessageJson(
    string Id,
    string ConversationId,
    string Author,
    string Status,
    string Text,
    DateTime CreatedAt,
    string? Model,
    RequesterJson RequestedBy,
    IReadOnlyList<string> Approvals,
    IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>A stored message as the API shows it.</summary>
    /// <param name="message">A message of a conversation begun by software.</param>
    /// <param name="approvals">Ids of what it wants to send.</param>
    public static MessageJson Of(Message message, IReadOnlyList<string> approvals) => new(
        message.Id,
        message.ConversationId,
        message.Author == MessageAuthor.User ? "user" : "teammate",
        NameOf(message.Status),
        message.Text,
        message.CreatedAt.UtcDateTime,
        message.Model,
        RequesterJson.Of(message.RequestedBy),
        approvals,
        message.ReadMetadata());

    /// <summary>Name of a status in answers and events.</summary>
    /// <param name="status">The status.</param>
    public static string NameOf(MessageStatus status) => status switch
    {
        MessageStatus.Working => "working",
        MessageStatus.Completed => "completed",
        MessageStatus.Failed => "failed",
        _ => "stopped",
    };
}
