using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Conversations;

/// <summary>A conversation on the page.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Teammate">Its teammate, perhaps paused or removed.</param>
/// <param name="Turns">Its messages, oldest first.</param>
/// <param name="Earlier">Number below which earlier messages are, or null when there are none.</param>
/// <param name="IsNewest">Whether the newest messages are among them.</param>
/// <param name="IsMine">Whether the reader began it in Chat, and so may go on with it.</param>
public sealed record ChatPage(
    Conversation Conversation, Teammate Teammate, IReadOnlyList<ChatTurn> Turns, int? Earlier, bool IsNewest, bool IsMine)
{
    /// <summary>What was typed and could not be taken, or null.</summary>
    public string? Draft { get; init; }

    /// <summary>Why, or null.</summary>
    public string? Error { get; init; }

    /// <summary>The title that was typed and could not be taken, or null.</summary>
    public string? TypedTitle { get; init; }

    /// <summary>Why, or null.</summary>
    public string? TitleError { get; init; }

    /// <summary>Whether the teammate can be asked.</summary>
    public bool IsOpen => IsMine && Teammate.PausedAt is null && Teammate.RemovedAt is null;

    /// <summary>The reply being written, or null.</summary>
    public Message? Working => IsNewest && Turns.Count > 0 && Turns[^1].Message.Status == MessageStatus.Working ? Turns[^1].Message : null;

    /// <summary>Whether a reply can be asked for once more: it failed, and nothing was said since.</summary>
    /// <param name="turn">One of the turns.</param>
    public bool CanRetry(ChatTurn turn) => IsOpen && IsNewest && ReferenceEquals(turn, Turns[^1]) && turn.Message.Status == MessageStatus.Failed;
}
