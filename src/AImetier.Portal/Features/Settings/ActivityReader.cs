using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Settings;

/// <summary>Reads the activity log of the current workspace, newest first.</summary>
/// <param name="db">The database.</param>
public sealed class ActivityReader(PortalDbContext db)
{
    /// <summary>Lines of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Most lines of a download.</summary>
    public const int LongestDownload = 100_000;

    private const string NoOne = "";

    /// <summary>One page of lines.</summary>
    /// <param name="query">Which lines.</param>
    /// <param name="zone">Zone in which days begin.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>At most <see cref="PageSize"/> lines, and whether there are older ones.</returns>
    public async Task<(IReadOnlyList<ActivityEntry> Lines, bool HasOlder)> PageAsync(ActivityQuery query, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var lines = Matching(query, zone);
        if (query.Before is { } before)
            lines = lines.Where(entry => entry.Id < before);
        var page = await lines.Take(PageSize + 1).ToListAsync(cancellationToken);
        return (page.Take(PageSize).ToList(), page.Count > PageSize);
    }

    /// <summary>Every line, one by one as the database gives them; at most <see cref="LongestDownload"/>.</summary>
    /// <param name="query">Which lines; its place in the pages does not count.</param>
    /// <param name="zone">Zone in which days begin.</param>
    public IAsyncEnumerable<ActivityEntry> AllAsync(ActivityQuery query, TimeZoneInfo zone) => Matching(query, zone).Take(LongestDownload).AsAsyncEnumerable();

    /// <summary>Names of the workspace's people by id, in alphabetical order.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyDictionary<string, string>> PeopleAsync(CancellationToken cancellationToken) =>
        await db.Set<Person>().AsNoTracking().OrderBy(person => person.DisplayName).ThenBy(person => person.Id)
            .ToDictionaryAsync(person => person.Id, person => person.DisplayName, StringComparer.Ordinal, cancellationToken);

    /// <summary>Last known names of every teammate ever hired by id, removed ones included, as the log itself tells them.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyDictionary<string, string>> TeammatesAsync(CancellationToken cancellationToken)
    {
        var last = db.Set<ActivityEntry>()
            .Where(entry => (entry.Action == ActivityAction.TeammateHired || entry.Action == ActivityAction.TeammateChanged) && entry.TeammateId != null)
            .GroupBy(entry => entry.TeammateId)
            .Select(entries => entries.Max(entry => entry.Id));
        return await db.Set<ActivityEntry>().AsNoTracking().Where(entry => last.Contains(entry.Id))
            .ToDictionaryAsync(entry => entry.TeammateId!, entry => entry.SubjectName ?? NoOne, StringComparer.Ordinal, cancellationToken);
    }

    private IQueryable<ActivityEntry> Matching(ActivityQuery query, TimeZoneInfo zone)
    {
        IQueryable<ActivityEntry> lines = db.Set<ActivityEntry>().AsNoTracking().OrderByDescending(entry => entry.Id);
        if (query.Kind is { } kind)
        {
            var first = (ActivityAction)((int)kind * 100);
            var last = first + 99;
            lines = lines.Where(entry => entry.Action >= first && entry.Action <= last);
        }

        lines = query.Who switch
        {
            null or "" => lines,
            ActivityQuery.AnyKey => lines.Where(entry => entry.ActorKind == ActorKind.Key),
            ActivityQuery.Portal => lines.Where(entry => entry.ActorKind == ActorKind.System),
            _ => lines.Where(entry => entry.ActorKind == ActorKind.Person && entry.ActorId == query.Who),
        };
        if (!string.IsNullOrEmpty(query.Teammate))
            lines = lines.Where(entry => entry.TeammateId == query.Teammate);
        if (query.From is { } from)
        {
            var start = StartOf(from, zone);
            lines = lines.Where(entry => entry.At >= start);
        }

        if (query.To is { } to && to < DateOnly.MaxValue)
        {
            var end = StartOf(to.AddDays(1), zone);
            lines = lines.Where(entry => entry.At < end);
        }

        return lines;
    }

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);

        // Where summer time begins at midnight, that day begins an hour later.
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(30);
        var utc = midnight.Ticks - zone.GetUtcOffset(midnight).Ticks;
        return new DateTimeOffset(Math.Clamp(utc, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }
}
