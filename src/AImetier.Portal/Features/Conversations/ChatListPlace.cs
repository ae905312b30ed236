using System.Globalization;

namespace AImetier.Portal.Features.Conversations;

/// <summary>A place in the list of conversations, newest first: the row after which a page begins.</summary>
/// <param name="LastMessageAt">When the row's latest message was.</param>
/// <param name="Id">Id of the row.</param>
public sealed record ChatListPlace(DateTimeOffset LastMessageAt, string Id)
{
    /// <summary>The place as links carry it.</summary>
    public override string ToString() => LastMessageAt.UtcTicks.ToString(CultureInfo.InvariantCulture) + "-" + Id;

    /// <summary>Reads what a link carries; what is no place counts as not given.</summary>
    /// <param name="text">From the address.</param>
    public static ChatListPlace? Of(string? text) =>
        text?.Split('-', 2) is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTimeOffset.MaxValue.UtcTicks
            ? new ChatListPlace(new DateTimeOffset(at, TimeSpan.Zero), id)
            : null;
}
