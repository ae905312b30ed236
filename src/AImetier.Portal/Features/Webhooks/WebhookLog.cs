using AImetier.Portal.Data;
using AImetier.Portal.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Reads endpoints and their deliveries of the current workspace. Lists go along an index: a page costs the same however many there are.</summary>
/// <param name="db">The database.</param>
/// <param name="secrets">Says whether an endpoint can still sign.</param>
/// <param name="time">The clock.</param>
public sealed class WebhookLog(PortalDbContext db, WebhookSecrets secrets, TimeProvider time)
{
    /// <summary>A teammate's endpoints, oldest first.</summary>
    /// <param name="teammateId">A teammate of this workspace.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<WebhookSummary>> ListAsync(string teammateId, CancellationToken cancellationToken)
    {
        var summaries = new List<WebhookSummary>();
        foreach (var endpoint in await Endpoints().Where(row => row.TeammateId == teammateId).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken))
            summaries.Add(await SummarizeAsync(endpoint, cancellationToken));
        return summaries;
    }

    /// <summary>An endpoint of this workspace, or null.</summary>
    /// <param name="webhookId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<WebhookSummary?> FindAsync(string webhookId, CancellationToken cancellationToken) =>
        await Endpoints().SingleOrDefaultAsync(row => row.Id == webhookId, cancellationToken) is { } endpoint
            ? await SummarizeAsync(endpoint, cancellationToken)
            : null;

    /// <summary>A page of an endpoint's deliveries, newest first.</summary>
    /// <param name="webhookId">An endpoint of this workspace.</param>
    /// <param name="state">Only deliveries in this state, or null for all.</param>
    /// <param name="after"><see cref="DeliveryPage.Next"/> of the page before, or null; what does not fit means the first page.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<DeliveryPage> PageAsync(string webhookId, DeliveryState? state, string? after, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(webhookId, state, after is null ? null : ListPlace.Read(after), ascending: false, DeliveryPage.Size + 1, cancellationToken);
        var now = time.GetUtcNow();
        return new DeliveryPage(
            [.. rows.Take(DeliveryPage.Size).Select(row => DeliverySummary.Of(row, now))],
            rows.Count > DeliveryPage.Size ? PlaceOf(rows[DeliveryPage.Size - 1]).ToCursor() : null);
    }

    /// <summary>A delivery with its attempts, or null.</summary>
    /// <param name="deliveryId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<DeliveryDetail?> DetailAsync(string deliveryId, CancellationToken cancellationToken)
    {
        if (await db.Set<WebhookDelivery>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == deliveryId, cancellationToken) is not { } delivery
            || await FindAsync(delivery.EndpointId, cancellationToken) is not { } webhook)
        {
            return null;
        }

        var attempts = await db.Set<WebhookAttempt>().AsNoTracking().Where(row => row.DeliveryId == deliveryId)
            .OrderByDescending(row => row.Number).ToListAsync(cancellationToken);
        return new DeliveryDetail(
            DeliverySummary.Of(delivery, time.GetUtcNow()), webhook, delivery.Body, [.. attempts.Select(attempt => Summarize(attempt, delivery.EventId))]);
    }

    /// <summary>Place of a delivery in lists.</summary>
    /// <param name="row">The row.</param>
    internal static ListPlace PlaceOf(WebhookDelivery row) => new(row.CreatedAt.UtcTicks, row.Id);

    /// <summary>Deliveries of an endpoint in the order of their making.</summary>
    /// <param name="webhookId">An endpoint of this workspace.</param>
    /// <param name="state">Only deliveries in this state, or null for all.</param>
    /// <param name="after">Place to begin after, or null.</param>
    /// <param name="ascending">Whether the oldest come first.</param>
    /// <param name="most">Most rows.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    internal async Task<IReadOnlyList<WebhookDelivery>> ReadAsync(
        string webhookId, DeliveryState? state, ListPlace? after, bool ascending, int most, CancellationToken cancellationToken)
    {
        // Each state is read along its own stretch of the index.
        var rows = new List<WebhookDelivery>();
        foreach (var one in state is { } only ? [only] : Enum.GetValues<DeliveryState>())
            rows.AddRange(await Stretch(webhookId, one, after, ascending).Take(most).ToListAsync(cancellationToken));
        var ordered = ascending
            ? rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id, StringComparer.Ordinal)
            : rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id, StringComparer.Ordinal);
        return [.. ordered.Take(most)];
    }

    /// <summary>What lists show of an endpoint.</summary>
    /// <param name="endpoint">The row.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    internal async Task<WebhookSummary> SummarizeAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken) => new(
        endpoint.Id,
        endpoint.TeammateId,
        endpoint.Url,
        endpoint.Host,
        endpoint.Events,
        endpoint.Note,
        StateOf(endpoint),
        endpoint.DisabledReason,
        endpoint.DisabledAt ?? endpoint.PausedAt,
        endpoint.CreatedAt,
        endpoint.CreatedByName,
        endpoint.LastSuccessAt,
        endpoint.FailingSince,
        endpoint.Failures,
        endpoint.PreviousSecretUntil > time.GetUtcNow() ? endpoint.PreviousSecretUntil : null,
        await CountAsync(endpoint.Id, DeliveryState.Pending, cancellationToken),
        Math.Min(
            await CountAsync(endpoint.Id, DeliveryState.Failed, cancellationToken) + await CountAsync(endpoint.Id, DeliveryState.Kept, cancellationToken),
            WebhookSummary.MostCounted));

    private WebhookState StateOf(WebhookEndpoint endpoint) => endpoint switch
    {
        { DisabledAt: not null } => WebhookState.Disabled,
        _ when secrets.Read(endpoint).Count == 0 => WebhookState.SecretLost,
        { PausedAt: not null } => WebhookState.Paused,
        { FailingSince: not null } => WebhookState.Failing,
        _ => WebhookState.Active,
    };

    private Task<int> CountAsync(string webhookId, DeliveryState state, CancellationToken cancellationToken) =>
        db.Set<WebhookDelivery>().Where(row => row.EndpointId == webhookId && row.State == state)
            .OrderBy(row => row.CreatedAt).Take(WebhookSummary.MostCounted).CountAsync(cancellationToken);

    private IQueryable<WebhookEndpoint> Endpoints() => db.Set<WebhookEndpoint>().AsNoTracking().Where(row => row.RemovedAt == null);

    private IQueryable<WebhookDelivery> Stretch(string webhookId, DeliveryState state, ListPlace? after, bool ascending)
    {
        var rows = db.Set<WebhookDelivery>().AsNoTracking().Where(row => row.EndpointId == webhookId && row.State == state);
        if (after is { Number: var ticks, Id: var id })
        {
            var at = new DateTimeOffset(ticks, TimeSpan.Zero);
            rows = ascending
                ? rows.Where(row => row.CreatedAt >= at && (row.CreatedAt > at || row.Id.CompareTo(id) > 0))
                : rows.Where(row => row.CreatedAt <= at && (row.CreatedAt < at || row.Id.CompareTo(id) < 0));
        }

        return ascending ? rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id) : rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id);
    }

    private static AttemptSummary Summarize(WebhookAttempt attempt, string eventId) => new(
        attempt.Number,
        attempt.At,
        attempt.Milliseconds,
        attempt.Url,
        attempt.Signature.Length == 0 ? [] : WebhookRequest.HeadersOf(eventId, attempt.Timestamp, attempt.Signature),
        attempt.Status,
        attempt.Failure,
        attempt.AnswerType,
        attempt.Answer,
        attempt.AnswerCut);
}
