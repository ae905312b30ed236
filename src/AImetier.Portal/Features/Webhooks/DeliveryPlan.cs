using AImetier.Portal.Data;
using AImetier.Portal.Features.Events;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>
/// Makes deliveries of events: for every endpoint one for each event that it has chosen and that happened after it was added. Each endpoint remembers how far
/// it was planned, and moves on in the transaction of its deliveries: nothing is planned twice or left out, whoever plans. Across workspaces by intent.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="time">The clock.</param>
public sealed class DeliveryPlan(PortalDbContext db, TimeProvider time)
{
    /// <summary>Most events planned in one transaction.</summary>
    public const int MostEvents = 500;

    /// <summary>Teammates with events that have yet to be planned for some endpoint.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<List<string>> BehindAsync(CancellationToken cancellationToken) =>
        db.Set<WebhookEndpoint>().IgnoreQueryFilters().Where(endpoint => endpoint.RemovedAt == null)
            .Join(db.Set<EventCounter>(), endpoint => endpoint.TeammateId, counter => counter.TeammateId, (endpoint, counter) => new { endpoint, counter })
            .Where(pair => pair.endpoint.Position < pair.counter.Last)
            .Select(pair => pair.endpoint.TeammateId).Distinct().ToListAsync(cancellationToken);

    /// <summary>Plans a teammate's next events.</summary>
    /// <param name="teammateId">The teammate.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> PlanAsync(string teammateId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var endpoints = await db.Set<WebhookEndpoint>().IgnoreQueryFilters()
            .Where(endpoint => endpoint.TeammateId == teammateId && endpoint.RemovedAt == null).ToListAsync(cancellationToken);
        if (endpoints.Count == 0)
            return false;

        // The counter first: what is committed after it has a higher position and comes with the next look.
        var last = await db.Set<EventCounter>().Where(counter => counter.TeammateId == teammateId).Select(counter => counter.Last).SingleOrDefaultAsync(cancellationToken);
        var from = endpoints.Min(endpoint => endpoint.Position);
        var events = await db.Set<OutboxEvent>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.TeammateId == teammateId && row.Position > from && row.Position <= last)
            .OrderBy(row => row.Position).Take(MostEvents).ToListAsync(cancellationToken);
        var more = events.Count == MostEvents;
        Add(endpoints, events);
        foreach (var endpoint in endpoints)
            endpoint.Position = Math.Max(endpoint.Position, more ? events[^1].Position : last);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return more;
    }

    private void Add(List<WebhookEndpoint> endpoints, List<OutboxEvent> events)
    {
        // A tick apart, so that lists keep the order of the events, and none in the future, where it would not be due.
        var at = time.GetUtcNow().AddTicks(-(MostEvents * WebhookEndpoint.MostPerTeammate));
        foreach (var row in events)
        {
            var wanting = endpoints.Where(endpoint => endpoint.Position < row.Position && endpoint.Events.Contains(row.Type, StringComparer.Ordinal)).ToList();
            if (wanting.Count == 0)
                continue;
            var body = EventBody.TextOf(row);
            foreach (var endpoint in wanting)
                db.Add(WebhookDelivery.Of(endpoint, row.Id, row.Type, body, at = at.AddTicks(1)));
        }
    }
}
