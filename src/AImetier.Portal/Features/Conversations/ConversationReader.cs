using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Reads conversations and messages of the current workspace, and says who may see which.</summary>
/// <param name="db">The database.</param>
public sealed class ConversationReader(PortalDbContext db)
{
    /// <summary>Conversations that keys of a teammate may see: those begun by software.</summary>
    /// <param name="teammateId">The teammate.</param>
    public IQueryable<Conversation> ForKeys(string teammateId) => db.Set<Conversation>().AsNoTracking()
        .Where(row => row.TeammateId == teammateId && row.Source != ConversationSource.Chat);

    /// <summary>Conversations that a person may see: their own, and for owners and admins those begun by software too.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="isAdmin">Whether the person is owner or admin.</param>
    public IQueryable<Conversation> ForPerson(string personId, bool isAdmin) => db.Set<Conversation>().AsNoTracking()
        .Where(row => row.Source == ConversationSource.Chat ? row.StartedById == personId : isAdmin);

    /// <summary>Conversations that somebody may go on with: a person with their own, software with what software began.</summary>
    /// <param name="teammateId">The teammate.</param>
    /// <param name="by">Who asks.</param>
    public IQueryable<Conversation> Continuable(string teammateId, Requester by)
    {
        var theirs = db.Set<Conversation>().Where(row => row.TeammateId == teammateId);
        var (software, id) = (by.IsSoftware, by.Id);
        return software
            ? theirs.Where(row => row.Source != ConversationSource.Chat)
            : theirs.Where(row => row.Source == ConversationSource.Chat && row.StartedById == id);
    }

    /// <summary>A part of a list of conversations, by when they were begun.</summary>
    /// <param name="conversations">Those that the caller may see.</param>
    /// <param name="list">Which part.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>One row more than fits when there are more.</returns>
    public Task<List<Conversation>> PageAsync(IQueryable<Conversation> conversations, ListQuery list, CancellationToken cancellationToken)
    {
        if (list.After is { Number: var ticks, Id: var id })
        {
            var at = new DateTimeOffset(ticks, TimeSpan.Zero);
            conversations = list.Ascending
                ? conversations.Where(row => row.CreatedAt > at || (row.CreatedAt == at && row.Id.CompareTo(id) > 0))
                : conversations.Where(row => row.CreatedAt < at || (row.CreatedAt == at && row.Id.CompareTo(id) < 0));
        }

        conversations = list.Ascending
            ? conversations.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            : conversations.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id);
        return conversations.Take(list.Limit + 1).ToListAsync(cancellationToken);
    }

    /// <summary>A part of the messages of a conversation, by their number.</summary>
    /// <param name="conversationId">A conversation that the caller may see.</param>
    /// <param name="list">Which part.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>One row more than fits when there are more.</returns>
    public Task<List<Message>> MessagesAsync(string conversationId, ListQuery list, CancellationToken cancellationToken)
    {
        var messages = db.Set<Message>().AsNoTracking().Where(row => row.ConversationId == conversationId);
        if (list.After is { Number: var number })
            messages = list.Ascending ? messages.Where(row => row.Number > number) : messages.Where(row => row.Number < number);
        messages = list.Ascending ? messages.OrderBy(row => row.Number) : messages.OrderByDescending(row => row.Number);
        return messages.Take(list.Limit + 1).ToListAsync(cancellationToken);
    }

    /// <summary>A message of a conversation, or null.</summary>
    /// <param name="conversationId">A conversation that the caller may see.</param>
    /// <param name="messageId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<Message?> FindMessageAsync(string conversationId, string messageId, CancellationToken cancellationToken) =>
        db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == messageId && row.ConversationId == conversationId, cancellationToken);

    /// <summary>Ids of what messages want to send, by message.</summary>
    /// <param name="messageIds">Messages that the caller may see.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<ILookup<string, string>> ApprovalIdsAsync(IReadOnlyCollection<string> messageIds, CancellationToken cancellationToken) =>
        (await db.Set<Approval>().Where(approval => messageIds.Contains(approval.MessageId))
            .OrderBy(approval => approval.RequestedAt).ThenBy(approval => approval.Id)
            .Select(approval => new { approval.MessageId, approval.Id }).ToListAsync(cancellationToken))
        .ToLookup(approval => approval.MessageId, approval => approval.Id, StringComparer.Ordinal);

    /// <summary>A reply with its question and what it wants to send, or null.</summary>
    /// <param name="replyId">A reply that the caller may see.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<AskOutcome.Answered?> FindAnswerAsync(string replyId, CancellationToken cancellationToken)
    {
        var messages = db.Set<Message>().AsNoTracking();
        if (await messages.SingleOrDefaultAsync(message => message.Id == replyId && message.ReplyToId != null, cancellationToken) is not { } reply)
            return null;
        var question = await messages.SingleAsync(message => message.Id == reply.ReplyToId, cancellationToken);
        var approvals = await db.Set<Approval>().AsNoTracking().Where(approval => approval.MessageId == replyId)
            .OrderBy(approval => approval.RequestedAt).ThenBy(approval => approval.Id).ToListAsync(cancellationToken);
        return new AskOutcome.Answered(question, reply, approvals);
    }
}
