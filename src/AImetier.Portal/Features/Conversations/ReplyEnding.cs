using AImetier.Portal.Data;
using AImetier.Portal.Features.Events;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Brings a working reply to its one end, with its event.</summary>
/// <param name="db">The database, with a transaction begun by the caller.</param>
/// <param name="events">The outbox.</param>
/// <param name="time">The clock.</param>
public sealed class ReplyEnding(PortalDbContext db, EventPublisher events, TimeProvider time)
{
    /// <summary>Ends the reply unless somebody was faster. The caller saves and commits.</summary>
    /// <param name="replyId">A reply of the current workspace.</param>
    /// <param name="end">Why it is not whole, or null when it is.</param>
    /// <param name="text">What was written; null leaves the text as it is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether it was working until now.</returns>
    public async Task<bool> EndAsync(string replyId, ReplyEnd? end, string? text, CancellationToken cancellationToken)
    {
        var status = StatusOf(end);
        var ended = await db.Set<Message>()
            .Where(message => message.Id == replyId && message.Status == MessageStatus.Working)
            .ExecuteUpdateAsync(
                set => set.SetProperty(message => message.Status, status)
                    .SetProperty(message => message.End, end)
                    .SetProperty(message => message.Text, message => text ?? message.Text),
                cancellationToken);
        if (ended == 0)
            return false;

        var reply = await db.Set<Message>().AsNoTracking().SingleAsync(message => message.Id == replyId, cancellationToken);
        var conversation = await db.Set<Conversation>().AsNoTracking().SingleAsync(row => row.Id == reply.ConversationId, cancellationToken);
        var now = time.GetUtcNow();
        await db.Set<Conversation>().Where(row => row.Id == conversation.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastMessageAt, now), cancellationToken);
        await events.AddAsync(
            conversation.WorkspaceId,
            conversation.TeammateId,
            status == MessageStatus.Completed ? "message.completed" : "message.failed",
            new MessageEvent(conversation.TeammateId, conversation.Id, reply.Id, MessageJson.NameOf(status), reply.ReadMetadata()),
            conversation.VisibleToKeys,
            cancellationToken);
        return true;
    }

    /// <summary>The end that a refusal during the work means.</summary>
    /// <param name="refusal">Of <see cref="AskAccess"/>.</param>
    public static ReplyEnd Of(AskOutcome refusal) => refusal switch
    {
        AskOutcome.TeammatePaused => ReplyEnd.TeammatePaused,
        AskOutcome.TeammateNotFound => ReplyEnd.TeammateRemoved,
        AskOutcome.HookClosed => ReplyEnd.HookClosed,
        _ => ReplyEnd.KeyRevoked,
    };

    private static MessageStatus StatusOf(ReplyEnd? end) => end switch
    {
        null => MessageStatus.Completed,
        ReplyEnd.ModelFailed or ReplyEnd.ModelTimeout or ReplyEnd.TooLong or ReplyEnd.PortalStopped => MessageStatus.Failed,
        _ => MessageStatus.Stopped,
    };
}
