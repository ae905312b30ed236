using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>
/// Renames and removes conversations for the person who began them. The activity log says with whom, never what about: a title is what a person typed, and
/// nobody else reads their conversations.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="conversations">Stops what is being worked on.</param>
/// <param name="activity">The activity log.</param>
public sealed class ChatKeeper(PortalDbContext db, ConversationService conversations, ActivityLog activity)
{
    /// <summary>Calls a conversation something else.</summary>
    /// <param name="conversationId">Id from outside.</param>
    /// <param name="title">1 to 80 characters.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<ChatTitleOutcome> RenameAsync(string conversationId, string? title, Actor person, CancellationToken cancellationToken)
    {
        var check = NameCheck.Of(title, Conversation.LongestTitle);
        if (check is not NameCheck.Good(var text))
        {
            return await Own(conversationId, person).AnyAsync(cancellationToken)
                ? new ChatTitleOutcome.Refused(check)
                : new ChatTitleOutcome.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await Own(conversationId, person).ExecuteUpdateAsync(set => set.SetProperty(row => row.Title, text), cancellationToken) == 0)
            return new ChatTitleOutcome.NotFound();
        await NoteAsync(person, ActivityAction.ConversationRenamed, conversationId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return new ChatTitleOutcome.Renamed();
    }

    /// <summary>Removes a conversation with its messages; a reply being written is stopped first. What it asked to send stays with its decisions.</summary>
    /// <param name="conversationId">Id from outside.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Its title, or null when the person has no such conversation.</returns>
    public async Task<string?> RemoveAsync(string conversationId, Actor person, CancellationToken cancellationToken)
    {
        if (await Own(conversationId, person).Select(row => row.Title).SingleOrDefaultAsync(cancellationToken) is not { } title)
            return null;

        var messages = db.Set<Message>().Where(message => message.ConversationId == conversationId);
        var working = await messages.Where(message => message.Status == MessageStatus.Working).Select(message => message.Id).ToListAsync(cancellationToken);
        foreach (var replyId in working)
            await conversations.StopAsync(replyId, cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await NoteAsync(person, ActivityAction.ConversationRemoved, conversationId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await messages.ExecuteDeleteAsync(cancellationToken);
        if (await Own(conversationId, person).ExecuteDeleteAsync(cancellationToken) == 0)
            return null;
        await transaction.CommitAsync(CancellationToken.None);
        return title;
    }

    private async Task NoteAsync(Actor person, ActivityAction action, string conversationId, CancellationToken cancellationToken)
    {
        var teammateId = await Own(conversationId, person).Select(row => row.TeammateId).SingleOrDefaultAsync(cancellationToken);
        activity.Add(person, action, conversationId, subjectName: null, teammateId);
    }

    private IQueryable<Conversation> Own(string conversationId, Actor person) => db.Set<Conversation>()
        .Where(row => row.Id == conversationId && row.Source == ConversationSource.Chat && row.StartedById == person.Id);
}
