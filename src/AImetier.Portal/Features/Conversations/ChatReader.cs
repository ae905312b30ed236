using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Reads what the pages of Chat show.</summary>
/// <param name="db">The database.</param>
/// <param name="conversations">Says who may see what.</param>
public sealed class ChatReader(PortalDbContext db, ConversationReader conversations)
{
    /// <summary>Conversations of a page of the list.</summary>
    public const int ListSize = 20;

    /// <summary>Messages of a page of a conversation.</summary>
    public const int PageSize = 30;

    /// <summary>A page of the list, newest first.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="isAdmin">Whether the reader is owner or admin.</param>
    /// <param name="after">Where the page begins, or null for the newest.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The rows, and the place of the next page or null.</returns>
    public async Task<(IReadOnlyList<ChatListRow> Rows, ChatListPlace? Next)> ListAsync(
        Actor reader, bool isAdmin, ChatListPlace? after, CancellationToken cancellationToken)
    {
        var rows = conversations.ForPerson(reader.Id, isAdmin);
        if (after is var (at, id))
        {
#pragma warning disable CA1309 // The database compares, by code points.
            rows = rows.Where(row => row.LastMessageAt < at || (row.LastMessageAt == at && string.Compare(row.Id, id) < 0));
#pragma warning restore CA1309
        }

        var page = await rows.OrderByDescending(row => row.LastMessageAt).ThenByDescending(row => row.Id).Take(ListSize + 1)
            .Join(db.Set<Teammate>(), row => row.TeammateId, teammate => teammate.Id, (row, teammate) => new ChatListRow(row, teammate.Name))
            .ToListAsync(cancellationToken);
        if (page.Count <= ListSize)
            return (page, null);
        page.RemoveAt(ListSize);
        var last = page[^1].Conversation;
        return (page, new ChatListPlace(last.LastMessageAt, last.Id));
    }

    /// <summary>A conversation with a page of its messages, or null when it does not exist for the reader.</summary>
    /// <param name="conversationId">Id from outside.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="isAdmin">Whether the reader is owner or admin.</param>
    /// <param name="before">Number below which the page ends, or null for the newest.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<ChatPage?> FindAsync(string conversationId, Actor reader, bool isAdmin, int? before, CancellationToken cancellationToken)
    {
        var found = await conversations.ForPerson(reader.Id, isAdmin).SingleOrDefaultAsync(row => row.Id == conversationId, cancellationToken);
        if (found is null)
            return null;

        var teammate = await db.Set<Teammate>().AsNoTracking().SingleAsync(row => row.Id == found.TeammateId, cancellationToken);
        var messages = db.Set<Message>().AsNoTracking().Where(message => message.ConversationId == found.Id);
        if (before is { } below)
            messages = messages.Where(message => message.Number < below);
        var page = await messages.OrderByDescending(message => message.Number).Take(PageSize + 1).ToListAsync(cancellationToken);
        var more = page.Count > PageSize;
        if (more)
            page.RemoveAt(PageSize);
        page.Reverse();
        return new ChatPage(
            found,
            teammate,
            await TurnsAsync(page, cancellationToken),
            more ? page[0].Number : null,
            before is null,
            found.Source == ConversationSource.Chat);
    }

    /// <summary>Whether a conversation that exists for the reader has such a reply.</summary>
    /// <param name="conversationId">Id from outside.</param>
    /// <param name="replyId">Id from outside.</param>
    /// <param name="reader">Who reads.</param>
    /// <param name="isAdmin">Whether the reader is owner or admin.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<bool> HasReplyAsync(string conversationId, string replyId, Actor reader, bool isAdmin, CancellationToken cancellationToken) =>
        conversations.ForPerson(reader.Id, isAdmin).Where(row => row.Id == conversationId)
            .AnyAsync(
                row => db.Set<Message>().Any(message => message.Id == replyId && message.ConversationId == row.Id && message.Author == MessageAuthor.Teammate),
                cancellationToken);

    private async Task<IReadOnlyList<ChatTurn>> TurnsAsync(List<Message> messages, CancellationToken cancellationToken)
    {
        var replies = messages.Where(message => message.Author == MessageAuthor.Teammate).Select(message => message.Id).ToList();
        var asking = await db.Set<Approval>().Where(approval => replies.Contains(approval.MessageId))
            .Select(approval => approval.MessageId).Distinct().ToListAsync(cancellationToken);
        return
        [
            .. messages.Select(message => new ChatTurn(
                message, asking.Contains(message.Id), message.Author == MessageAuthor.User ? null : SafeMarkdown.Of(message.Text))),
        ];
    }
}
