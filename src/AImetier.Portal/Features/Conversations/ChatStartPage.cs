using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Chat: whom to ask, and the conversations so far.</summary>
/// <param name="Teammates">The teammates.</param>
/// <param name="Picked">Who is picked, or null when nobody can be asked.</param>
/// <param name="Rows">Conversations, newest first.</param>
/// <param name="Pager">Ways on in the list.</param>
/// <param name="Draft">What was typed and could not be taken, or null.</param>
/// <param name="Error">Why, or null.</param>
public sealed record ChatStartPage(
    IReadOnlyList<Teammate> Teammates,
    Teammate? Picked,
    IReadOnlyList<ChatListRow> Rows,
    PagerLinks Pager,
    string? Draft = null,
    string? Error = null);
