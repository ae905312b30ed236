using System.Globalization;

namespace AImetier.Portal.Features.Settings;

/// <summary>Which lines of the activity log to show, as the address says it. What it does not understand counts as not asked.</summary>
/// <param name="Kind">Kind of act.</param>
/// <param name="Who">Id of a person, <see cref="AnyKey"/> or <see cref="Portal"/>.</param>
/// <param name="Teammate">Id of a teammate.</param>
/// <param name="From">First day, in the workspace's time zone.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Before">Id below which the page begins.</param>
public sealed record ActivityQuery(ActivityGroup? Kind, string? Who, string? Teammate, DateOnly? From, DateOnly? To, long? Before)
{
    /// <summary>Value of <see cref="Who"/> for acts of keys.</summary>
    public const string AnyKey = "key";

    /// <summary>Value of <see cref="Who"/> for acts of the Portal itself.</summary>
    public const string Portal = "portal";

    /// <summary>Whether anything narrows the log.</summary>
    public bool IsNarrowed => Kind is not null || !string.IsNullOrEmpty(Who) || !string.IsNullOrEmpty(Teammate) || From is not null || To is not null;

    /// <summary>The same filters as values of a link.</summary>
    /// <param name="before">Id below which the linked page begins, or null for the newest.</param>
    public RouteValueDictionary ToRoute(long? before = null) => new()
    {
        ["kind"] = Kind?.ToString(),
        ["who"] = Who,
        ["teammate"] = Teammate,
        ["from"] = Iso(From),
        ["to"] = Iso(To),
        ["before"] = before?.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A day as date fields and links write it.</summary>
    /// <param name="day">The day, or null.</param>
    public static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
