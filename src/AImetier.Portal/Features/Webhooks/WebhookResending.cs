using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Events;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Sends again at a person's wish: one delivery, everything that was not delivered since a time, or a test event.</summary>
/// <param name="db">The database.</param>
/// <param name="signal">Wakes the sender.</param>
/// <param name="activity">The activity log.</param>
/// <param name="time">The clock.</param>
public sealed class WebhookResending(PortalDbContext db, DeliverySignal signal, ActivityLog activity, TimeProvider time)
{
    /// <summary>Sends a delivery once more, with the same <c>webhook-id</c>. One that waits for its next attempt is sent now.</summary>
    /// <param name="deliveryId">Id from outside.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<ResendOutcome> ResendAsync(string deliveryId, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<WebhookDelivery>().SingleOrDefaultAsync(row => row.Id == deliveryId, cancellationToken) is not { } delivery
            || await FindAsync(delivery.EndpointId, cancellationToken) is not { } endpoint)
        {
            return new ResendOutcome.NotFound();
        }

        var now = time.GetUtcNow();
        if (delivery.ClaimId is not null && delivery.DueAt > now)
            return new ResendOutcome.BeingSent();
        if (endpoint.DisabledAt is not null)
            return new ResendOutcome.Disabled();

        (delivery.State, delivery.DueAt, delivery.PlannedAt, delivery.ClaimId, delivery.Tries) = (DeliveryState.Pending, now, now, null, 0);
        await StoreAsync(actor, ActivityAction.WebhookResent, endpoint, "1", cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        signal.Set();
        return new ResendOutcome.Queued(DeliverySummary.Of(delivery, now));
    }

    /// <summary>Sends everything once more that has failed or was kept since a time.</summary>
    /// <param name="webhookId">Id from outside.</param>
    /// <param name="since">Deliveries made since then; at most 30 days are kept.</param>
    /// <param name="actor">Who asks for it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task<ResendSinceOutcome> ResendSinceAsync(string webhookId, DateTimeOffset since, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(webhookId, cancellationToken) is not { } endpoint)
            return new ResendSinceOutcome.NotFound();
        if (endpoint.DisabledAt is not null)
            return new ResendSinceOutcome.Disabled();
        if (await ProgressAsync(webhookId, cancellationToken) is { IsQueued: false } running)
            return new ResendSinceOutcome.Running(running);

        var now = time.GetUtcNow();
        var resend = new WebhookResend
        {
            Id = EntityId.New("rs"),
            WorkspaceId = endpoint.WorkspaceId,
            EndpointId = endpoint.Id,
            Since = since,
            RequestedAt = now,
            Total = await ResendWork.Open(db, endpoint.Id, since, now).CountAsync(cancellationToken),
        };
        if (resend.Total == 0)
            return new ResendSinceOutcome.Nothing();
        db.Add(resend);
        await StoreAsync(actor, ActivityAction.WebhookResent, endpoint, $"{resend.Total}", cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        signal.Set();
        return new ResendSinceOutcome.Started(new ResendProgress(since, now, resend.Total, 0, 0, 0, IsQueued: false));
    }

    /// <summary>How far an endpoint's last resending of many is, or null when there was none within 30 days.</summary>
    /// <param name="webhookId">An endpoint of this workspace.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<ResendProgress?> ProgressAsync(string webhookId, CancellationToken cancellationToken)
    {
        if (await db.Set<WebhookResend>().AsNoTracking().Where(row => row.EndpointId == webhookId).OrderByDescending(row => row.RequestedAt)
            .FirstOrDefaultAsync(cancellationToken) is not { } resend)
        {
            return null;
        }

        var counts = await db.Set<WebhookDelivery>().Where(row => row.ResendId == resend.Id).GroupBy(row => row.State)
            .Select(group => new { State = group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.State, group => group.Count, cancellationToken);
        return new ResendProgress(
            resend.Since,
            resend.RequestedAt,
            resend.Total,
            resend.Queued,
            counts.GetValueOrDefault(DeliveryState.Delivered),
            counts.GetValueOrDefault(DeliveryState.Failed) + counts.GetValueOrDefault(DeliveryState.Kept),
            resend.QueuedAt is not null);
    }

    /// <summary>Sends a test event, tried once, also while the endpoint is paused or switched off: that is when people want to know.</summary>
    /// <param name="webhookId">Id from outside.</param>
    /// <param name="actor">Who sends it.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>Id of the delivery, whose state soon says how it went; or null when the workspace has no such endpoint.</returns>
    public async Task<string?> TestAsync(string webhookId, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(webhookId, cancellationToken) is not { } endpoint)
            return null;
        var now = time.GetUtcNow();
        var body = JsonSerializer.Serialize(
            new EventJson<PingEvent>(WebhookEvents.Ping, now.UtcDateTime, new PingEvent(endpoint.TeammateId, endpoint.Id)), JsonSerializerOptions.Web);
        var delivery = WebhookDelivery.Of(endpoint, EntityId.New("evt"), WebhookEvents.Ping, body, now);
        (delivery.State, delivery.DueAt) = (DeliveryState.Pending, WebhookDelivery.DueAlways);
        db.Add(delivery);
        await StoreAsync(actor, ActivityAction.WebhookTested, endpoint, detail: null, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        signal.Set();
        return delivery.Id;
    }

    private Task<WebhookEndpoint?> FindAsync(string webhookId, CancellationToken cancellationToken) =>
        db.Set<WebhookEndpoint>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == webhookId && row.RemovedAt == null, cancellationToken);

    private Task<int> StoreAsync(Actor actor, ActivityAction action, WebhookEndpoint endpoint, string? detail, CancellationToken cancellationToken)
    {
        activity.Add(actor, action, endpoint.Id, endpoint.Host, endpoint.TeammateId, detail);
        return db.SaveChangesAsync(cancellationToken);
    }
}
