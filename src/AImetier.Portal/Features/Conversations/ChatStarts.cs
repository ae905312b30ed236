using System.Security.Claims;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Puts the first page of Chat together.</summary>
/// <param name="chat">Reads conversations.</param>
/// <param name="directory">Reads teammates.</param>
public sealed class ChatStarts(ChatReader chat, TeammateDirectory directory)
{
    private const string Address = "/chat";

    /// <summary>The page.</summary>
    /// <param name="user">Who reads.</param>
    /// <param name="teammateId">Who is picked, from outside, or null.</param>
    /// <param name="after">Where the list begins, or null for the newest.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<ChatStartPage> PageAsync(ClaimsPrincipal user, string? teammateId, ChatListPlace? after, CancellationToken cancellationToken)
    {
        var teammates = await directory.ListAsync(cancellationToken);
        var (rows, next) = await chat.ListAsync(user.ToActor(), user.IsAdmin(), after, cancellationToken);

        // Who was asked last is picked unless somebody else is named.
        var active = teammates.Where(teammate => teammate.PausedAt is null).ToList();
        var last = rows.FirstOrDefault(row => row.Conversation.Source == ConversationSource.Chat)?.Conversation.TeammateId;
        var picked = active.Find(teammate => teammate.Id == teammateId) ?? active.Find(teammate => teammate.Id == last) ?? active.FirstOrDefault();
        return new ChatStartPage(teammates, picked, rows, new PagerLinks(after is null ? null : Address, next is null ? null : $"{Address}?after={next}"));
    }
}
