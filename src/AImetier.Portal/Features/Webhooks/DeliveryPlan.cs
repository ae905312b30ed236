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
    /// <summary>Most events looked at in one go.</summary>
    public const int MostEvents = 500;

    // Counted in deliveries, because that is how long others wait for the database.
    private const int MostDeliveries = 500;

    private const string MoveSql = """
        UPDATE "WebhookEndpoints" SET "Position" = @to WHERE "Id" = @id AND "Position" = @from AND "RemovedAt" IS NULL
        """;

    private const string AddSql = """
        INSERT INTO "WebhookDeliveries"
            ("Id", "WorkspaceId", "EndpointId", "EventId", "EventType", "Body", "CreatedAt", "State", "DueAt", "PlannedAt", "Attempts", "Tries")
        SELECT @id, "WorkspaceId", "Id", @event, @type, @body, @at, CASE WHEN "DisabledAt" IS NULL THEN 0 ELSE 3 END, @at, @at, 0, 0
        FROM "WebhookEndpoints" WHERE "Id" = @endpoint
        """;

    /// <summary>Teammates with events that have yet to be planned for some endpoint.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<List<string>> BehindAsync(CancellationToken cancellationToken) =>
        db.Set<WebhookEndpoint>().IgnoreQueryFilters().Where(endpoint => endpoint.RemovedAt == null)
            .Join(db.Set<EventCounter>(), endpoint => endpoint.TeammateId, counter => counter.TeammateId, (endpoint, counter) => new { endpoint, counter })
            .Where(pair => pair.endpoint.Position < pair.counter.Last)
            .Select(pair => pair.endpoint.TeammateId).Distinct().ToListAsync(cancellationToken);

    /// <summary>Plans a teammate's next events. What takes time is done before the transaction, which holds only when nobody else has planned meanwhile.</summary>
    /// <param name="teammateId">The teammate.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> PlanAsync(string teammateId, CancellationToken cancellationToken)
    {
        var endpoints = await db.Set<WebhookEndpoint>().IgnoreQueryFilters().AsNoTracking()
            .Where(endpoint => endpoint.TeammateId == teammateId && endpoint.RemovedAt == null).ToListAsync(cancellationToken);
        if (endpoints.Count == 0)
            return false;

        // The counter first: what is committed after it has a higher position and comes with the next look.
        var last = await db.Set<EventCounter>().Where(counter => counter.TeammateId == teammateId).Select(counter => counter.Last).SingleOrDefaultAsync(cancellationToken);
        var from = endpoints.Min(endpoint => endpoint.Position);
        var events = await db.Set<OutboxEvent>().IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.TeammateId == teammateId && row.Position > from && row.Position <= last)
            .OrderBy(row => row.Position).Take(MostEvents).ToListAsync(cancellationToken);
        var (planned, reached) = Plan(endpoints, events, last);
        return !await StoreAsync(endpoints, planned, reached, cancellationToken) || reached < last;
    }

    private static (List<PlannedDelivery> Planned, long Reached) Plan(List<WebhookEndpoint> endpoints, List<OutboxEvent> events, long last)
    {
        var planned = new List<PlannedDelivery>();
        foreach (var row in events)
        {
            var wanting = endpoints.Where(endpoint => endpoint.Position < row.Position && endpoint.Events.Contains(row.Type, StringComparer.Ordinal)).ToList();
            if (wanting.Count == 0)
                continue;
            if (planned.Count + wanting.Count > MostDeliveries)
                return (planned, row.Position - 1);
            var body = EventBody.TextOf(row);
            planned.AddRange(wanting.Select(endpoint => new PlannedDelivery(endpoint.Id, row.Id, row.Type, body)));
        }

        return (planned, events.Count == MostEvents ? events[^1].Position : last);
    }

    private async Task<bool> StoreAsync(List<WebhookEndpoint> endpoints, List<PlannedDelivery> planned, long reached, CancellationToken cancellationToken)
    {
        // A tick apart, so that lists keep the order of the events, and none in the future, where it would not be due.
        var at = time.GetUtcNow().UtcTicks - planned.Count;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await using (var move = new PreparedSql(db, MoveSql, "to", "id", "from"))
        {
            foreach (var endpoint in endpoints.Where(endpoint => endpoint.Position < reached))
            {
                if (await move.RunAsync(cancellationToken, reached, endpoint.Id, endpoint.Position) == 0)
                    return false;
            }
        }

        await using (var add = new PreparedSql(db, AddSql, "id", "event", "type", "body", "at", "endpoint"))
        {
            foreach (var delivery in planned)
                await add.RunAsync(cancellationToken, EntityId.New("dl"), delivery.EventId, delivery.EventType, delivery.Body, at++, delivery.EndpointId);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private sealed record PlannedDelivery(string EndpointId, string EventId, string EventType, string Body);
}
