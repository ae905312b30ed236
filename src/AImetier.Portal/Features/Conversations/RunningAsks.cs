using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Questions being worked on end with their teammate; the conversations stay readable.</summary>
/// <param name="db">The database.</param>
/// <param name="ending">Ends replies.</param>
public sealed class RunningAsks(PortalDbContext db, ReplyEnding ending) : ITeammateDependent
{
    /// <inheritdoc/>
    public async Task<(string Kind, int Count)> CountAsync(string teammateId, CancellationToken cancellationToken) =>
        ("asks", await Working(teammateId).CountAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task EndAsync(string teammateId, Actor actor, CancellationToken cancellationToken)
    {
        foreach (var replyId in await Working(teammateId).ToListAsync(cancellationToken))
            await ending.EndAsync(replyId, ReplyEnd.TeammateRemoved, text: null, cancellationToken);
    }

    private IQueryable<string> Working(string teammateId) =>
        from message in db.Set<Message>()
        join conversation in db.Set<Conversation>() on message.ConversationId equals conversation.Id
        where message.Status == MessageStatus.Working && conversation.TeammateId == teammateId
        select message.Id;
}
