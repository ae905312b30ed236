using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Events;

/// <summary>Reads the events of a teammate that keys may see, in order.</summary>
/// <param name="db">The database.</param>
/// <param name="time">The clock.</param>
public sealed class EventReader(PortalDbContext db, TimeProvider time)
{
    /// <summary>How long events are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Position of the latest event, 0 when there was none.</summary>
    /// <param name="teammateId">The teammate.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<long> LatestAsync(string teammateId, CancellationToken cancellationToken) =>
        db.Set<EventCounter>().Where(counter => counter.TeammateId == teammateId).Select(counter => counter.Last).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Position of an event that a reader has seen, or null when it is unknown or not kept any more.</summary>
    /// <param name="teammateId">The teammate.</param>
    /// <param name="eventId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<long?> PositionOfAsync(string teammateId, string eventId, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - Kept;
        return db.Set<OutboxEvent>().Where(row => row.Id == eventId && row.TeammateId == teammateId && row.VisibleToKeys && row.At >= oldest)
            .Select(row => (long?)row.Position).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Events after a position, oldest first.</summary>
    /// <param name="teammateId">The teammate.</param>
    /// <param name="position">The position.</param>
    /// <param name="most">Most events.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<List<OutboxEvent>> AfterAsync(string teammateId, long position, int most, CancellationToken cancellationToken) =>
        Visible(teammateId).Where(row => row.Position > position).OrderBy(row => row.Position).Take(most).ToListAsync(cancellationToken);

    /// <summary>Events before a position, newest first.</summary>
    /// <param name="teammateId">The teammate.</param>
    /// <param name="position">The position.</param>
    /// <param name="most">Most events.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<List<OutboxEvent>> BeforeAsync(string teammateId, long position, int most, CancellationToken cancellationToken) =>
        Visible(teammateId).Where(row => row.Position < position).OrderByDescending(row => row.Position).Take(most).ToListAsync(cancellationToken);

    private IQueryable<OutboxEvent> Visible(string teammateId)
    {
        var oldest = time.GetUtcNow() - Kept;
        return db.Set<OutboxEvent>().AsNoTracking().Where(row => row.TeammateId == teammateId && row.VisibleToKeys && row.At >= oldest);
    }
}
