using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
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
