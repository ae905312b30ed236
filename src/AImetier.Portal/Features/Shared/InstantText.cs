using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Shared;

/// <summary>Puts instants into words: "4 minutes ago", "3 May 2026", "3 May 2026 at 14:05:09 (Europe/Paris)".</summary>
/// <remarks>Formats with the page's language, never with the machine's culture: a host set to ar-SA or tr-TR shows the same.</remarks>
public static class InstantText
{
    private static readonly TimeSpan FutureThatIsNow = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(30);

    /// <summary>Whether the instant is near enough to be told by its distance.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="now">The present.</param>
    public static bool IsRecent(DateTimeOffset at, DateTimeOffset now) => now - at < LongestAgo && at - now <= FutureThatIsNow;

    /// <summary>Distance from the present up to 30 days, the date beyond; up to 5 minutes in the future count as now.</summary>
    /// <param name="text">Resources of Shared.</param>
    /// <param name="at">The instant.</param>
    /// <param name="now">The present.</param>
    /// <param name="zone">Zone of the reader, for the date.</param>
    public static string Ago(this IStringLocalizer<SharedText> text, DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (!IsRecent(at, now))
            return Date(at, zone);
        var passed = now - at;
        return passed switch
        {
            { TotalMinutes: < 1 } => text["Time.Now"],
            { TotalHours: < 1 } => text.Plural("Time.Minutes", (long)passed.TotalMinutes),
            { TotalDays: < 1 } => text.Plural("Time.Hours", (long)passed.TotalHours),
            _ => text.Plural("Time.Days", (long)passed.TotalDays),
        };
    }

    /// <summary>Distance of an instant in the future; what has passed is about to happen.</summary>
    /// <param name="text">Resources of Shared.</param>
    /// <param name="at">The instant.</param>
    /// <param name="now">The present.</param>
    public static string Until(this IStringLocalizer<SharedText> text, DateTimeOffset at, DateTimeOffset now) => (at - now) switch
    {
        { TotalMinutes: < 1 } => text["Time.Soon"],
        { TotalHours: < 1 } left => text.Plural("Time.InMinutes", (long)left.TotalMinutes),
        { TotalDays: < 1 } left => text.Plural("Time.InHours", (long)left.TotalHours),
        var left => text.Plural("Time.InDays", (long)left.TotalDays),
    };

    /// <summary>The day, for example "3 May 2026" or "3 mai 2026".</summary>
    /// <param name="at">The instant.</param>
    /// <param name="zone">Zone of the reader.</param>
    public static string Date(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var first = local.Day == 1 && PageLanguage.Current == "fr";
        return local.ToString(first ? "d'er' MMMM yyyy" : "d MMMM yyyy", PageLanguage.Culture);
    }

    /// <summary>Day, time to the second and name of the zone.</summary>
    /// <param name="text">Resources of Shared.</param>
    /// <param name="at">The instant.</param>
    /// <param name="zone">Zone of the reader.</param>
    public static string Exact(this IStringLocalizer<SharedText> text, DateTimeOffset at, TimeZoneInfo zone) =>
        text["Time.Exact", Date(at, zone), TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm:ss", PageLanguage.Culture), zone.Id];
}
