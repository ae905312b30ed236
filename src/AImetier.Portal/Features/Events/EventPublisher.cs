using System.Text.Json;
using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Events;

/// <summary>Stores events in the transaction of their cause, so that an event exists exactly when its cause does.</summary>
/// <param name="db">The context of the cause, with its transaction begun.</param>
/// <param name="signal">Learns that the transaction stores events.</param>
/// <param name="time">The clock.</param>
public sealed class EventPublisher(PortalDbContext db, EventSignal signal, TimeProvider time)
{
    /// <summary>Adds an event to the context; the cause's own save stores it.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="teammateId">The teammate whose event it is.</param>
    /// <param name="type">Type, for example <c>token.created</c>.</param>
    /// <param name="data">Ids and state, serialized in camelCase; never a secret.</param>
    /// <param name="visibleToKeys">False when its conversation was begun by a person.</param>
    /// <param name="cancellationToken">Stops the wait for the database.</param>
    /// <exception cref="InvalidOperationException">No transaction is open: the position would not be in commit order.</exception>
    public async Task AddAsync(string workspaceId, string teammateId, string type, object data, bool visibleToKeys, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("An event is stored in the transaction of its cause; begin it first.");

        var positions = await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO "EventCounters" ("TeammateId", "Last") VALUES ({teammateId}, 1)
            ON CONFLICT ("TeammateId") DO UPDATE SET "Last" = "EventCounters"."Last" + 1
            RETURNING "Last" AS "Value"
            """).ToListAsync(cancellationToken);
        db.Add(new OutboxEvent
        {
            Id = EntityId.New("evt"),
            WorkspaceId = workspaceId,
            TeammateId = teammateId,
            Position = positions[0],
            Type = type,
            At = time.GetUtcNow(),
            Data = JsonSerializer.Serialize(data, JsonSerializerOptions.Web),
            VisibleToKeys = visibleToKeys,
        });
        signal.Expect(db);
    }
}
