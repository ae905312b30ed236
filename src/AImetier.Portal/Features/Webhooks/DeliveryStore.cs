using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>
/// The queue of deliveries: which endpoints have some due, claims, and how attempts ended. Across workspaces by intent: the sender serves all.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="time">The clock.</param>
public sealed class DeliveryStore(PortalDbContext db, TimeProvider time)
{
    /// <summary>How long a claim holds, twice as long as the longest attempt. Then whoever made it counts as dead, and the delivery is due again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // A paused or disabled endpoint gets nothing but tests, which are due from the first instant on. The state is no parameter: only then the index of
    // pending deliveries can be used.
    private const string ClaimSql = """
        UPDATE "WebhookDeliveries" SET "DueAt" = @until, "PlannedAt" = @now, "ClaimId" = @claim
        WHERE "Id" IN (
            SELECT d."Id" FROM "WebhookDeliveries" d JOIN "WebhookEndpoints" e ON e."Id" = d."EndpointId"
            WHERE d."EndpointId" = @endpoint AND e."RemovedAt" IS NULL AND d."State" = 0 AND d."DueAt" <= CASE WHEN e."PausedAt" IS NULL AND e."DisabledAt" IS NULL THEN @now ELSE 0 END
            ORDER BY d."DueAt" LIMIT @most)
        RETURNING "Id", "EventId", "EventType", "Body", "Attempts", "Tries"
        """;

    private const string EndSql = """
        UPDATE "WebhookDeliveries" SET
            "State" = CASE WHEN @state = 0 THEN "State" ELSE @state END,
            "DueAt" = @due, "PlannedAt" = @now, "ClaimId" = NULL, "Attempts" = @attempts, "Tries" = @tries,
            "LastAttemptAt" = @at, "LastStatus" = @status, "LastFailure" = @failure, "LastMilliseconds" = @milliseconds
        WHERE "Id" = @id AND "ClaimId" = @claim
        """;

    private const string AttemptSql = """
        INSERT INTO "WebhookAttempts"
            ("DeliveryId", "Number", "At", "Milliseconds", "Url", "Timestamp", "Signature", "Status", "Failure", "AnswerType", "Answer", "AnswerCut")
        VALUES (@id, @number, @at, @milliseconds, @url, @timestamp, @signature, @status, @failure, @type, @answer, @cut)
        """;

    private const string MendSql = """
        UPDATE "WebhookDeliveries" SET "DueAt" = @now, "PlannedAt" = @now
        WHERE "EndpointId" IN (SELECT "Id" FROM "WebhookEndpoints" WHERE "RemovedAt" IS NULL) AND "State" = 0 AND "DueAt" > @now AND "PlannedAt" > @later
        """;

    private static readonly TimeSpan MostClockDrift = TimeSpan.FromMinutes(1);

    /// <summary>Endpoints with deliveries that are due.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<List<WebhookEndpoint>> DueAsync(CancellationToken cancellationToken) => db.Set<WebhookEndpoint>().FromSql(
        $"""
        SELECT e.* FROM "WebhookEndpoints" e
        WHERE e."RemovedAt" IS NULL
        AND EXISTS (
            SELECT 1 FROM "WebhookDeliveries" d
            WHERE d."EndpointId" = e."Id" AND d."State" = 0 AND d."DueAt" <= CASE WHEN e."PausedAt" IS NULL AND e."DisabledAt" IS NULL THEN {time.GetUtcNow().UtcTicks} ELSE 0 END)
        """).IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken);

    /// <summary>Makes due what was planned later than now: the clock was set back, and it would wait for as long again.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task MendAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = new PreparedSql(db, MendSql, "now", "later");
        await command.RunAsync(cancellationToken, now.UtcTicks, (now + MostClockDrift).UtcTicks);
    }

    /// <summary>Claims due deliveries of an endpoint, within the caller's transaction; none when it was removed meanwhile.</summary>
    /// <param name="wanted">The endpoint, and how many.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(WantedDeliveries wanted, CancellationToken cancellationToken)
    {
        var ((endpoint, secrets, most), now, claim) = (wanted, time.GetUtcNow(), EntityId.New("clm"));
        await using var command = new PreparedSql(db, ClaimSql, "now", "until", "claim", "endpoint", "most");
        return await command.ReadAsync(
            row => new ClaimedDelivery(row.GetString(0), claim, endpoint.Id, row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5), endpoint.Url, secrets),
            cancellationToken,
            now.UtcTicks,
            (now + Lease).UtcTicks,
            claim,
            endpoint.Id,
            most);
    }

    /// <summary>Stores how attempts ended, within the caller's transaction. A claim that has lapsed and was taken by another stores nothing.</summary>
    /// <param name="finished">The attempts.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task StoreAsync(IReadOnlyList<FinishedAttempt> finished, CancellationToken cancellationToken)
    {
        await using var end = new PreparedSql(db, EndSql, "state", "due", "now", "attempts", "tries", "at", "status", "failure", "milliseconds", "id", "claim");
        await using var add = new PreparedSql(
            db, AttemptSql, "id", "number", "at", "milliseconds", "url", "timestamp", "signature", "status", "failure", "type", "answer", "cut");
        var now = time.GetUtcNow();
        foreach (var (delivery, result) in finished)
        {
            var number = delivery.Attempts + 1;
            var next = NextOf(delivery, result);
            var state = result.Succeeded ? DeliveryState.Delivered : next is null ? DeliveryState.Failed : DeliveryState.Pending;
            var stored = await end.RunAsync(
                cancellationToken,
                (int)state,
                (now + (next ?? TimeSpan.Zero)).UtcTicks,
                now.UtcTicks,
                number,
                delivery.Tries + 1,
                result.At.UtcTicks,
                result.Status,
                (int?)result.Failure,
                result.Milliseconds,
                delivery.Id,
                delivery.ClaimId);
            if (stored == 0)
                continue;
            await add.RunAsync(
                cancellationToken,
                delivery.Id,
                number,
                result.At.UtcTicks,
                result.Milliseconds,
                result.Url,
                result.Timestamp,
                result.Signature,
                result.Status,
                (int?)result.Failure,
                result.Answer?.ContentType,
                result.Answer?.Text,
                result.Answer?.Cut ?? false);
        }
    }

    // A test is for the person who looks at it now, and what is gone is gone: neither is tried again.
    private static TimeSpan? NextOf(ClaimedDelivery delivery, AttemptResult result) =>
        result.Succeeded || result.IsGone || delivery.EventType == WebhookEvents.Ping ? null : RetrySchedule.After(delivery.Tries + 1, result.RetryAfter);
}
