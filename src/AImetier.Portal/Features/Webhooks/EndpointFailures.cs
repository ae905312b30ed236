using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Notes at endpoints how attempts ended, and switches off those that want no more or have failed too long.</summary>
/// <param name="db">The database, with a transaction begun by the caller.</param>
/// <param name="activity">The activity log.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class EndpointFailures(PortalDbContext db, ActivityLog activity, TimeProvider time, ILogger<EndpointFailures> logger)
{
    /// <summary>Notes attempts in the order in which they ended; the caller saves and commits.</summary>
    /// <param name="finished">The attempts.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task NoteAsync(IReadOnlyList<FinishedAttempt> finished, CancellationToken cancellationToken)
    {
        foreach (var attempts in finished.GroupBy(attempt => attempt.Delivery.EndpointId, StringComparer.Ordinal))
        {
            // Across workspaces by intent: the sender serves all.
            var endpoints = db.Set<WebhookEndpoint>().IgnoreQueryFilters().Where(row => row.Id == attempts.Key && row.RemovedAt == null);
            if (attempts.All(attempt => attempt.Result.Succeeded))
                await SucceedAsync(endpoints, attempts.Last().Result.At, cancellationToken);
            else if (await endpoints.SingleOrDefaultAsync(cancellationToken) is { } endpoint)
                await NoteAsync(endpoint, attempts, cancellationToken);
        }
    }

    // The usual case, without reading: the same as WebhookEndpoint.Succeed.
    private static Task<int> SucceedAsync(IQueryable<WebhookEndpoint> endpoint, DateTimeOffset at, CancellationToken cancellationToken) => endpoint.ExecuteUpdateAsync(
        set => set.SetProperty(row => row.LastSuccessAt, at)
            .SetProperty(row => row.FailingSince, (DateTimeOffset?)null)
            .SetProperty(row => row.LastFailureAt, (DateTimeOffset?)null)
            .SetProperty(row => row.Failures, 0)
            .SetProperty(row => row.FailingFor, TimeSpan.Zero)
            .SetProperty(row => row.WarnedAt, (DateTimeOffset?)null),
        cancellationToken);

    private async Task NoteAsync(WebhookEndpoint endpoint, IEnumerable<FinishedAttempt> attempts, CancellationToken cancellationToken)
    {
        var gone = false;
        foreach (var (delivery, result) in attempts)
        {
            gone |= result.IsGone;
            if (result.Succeeded)
                endpoint.Succeed(result.At);

            // A person who tries often does not switch it off.
            else if (delivery.EventType != WebhookEvents.Ping)
                endpoint.Fail(time.GetUtcNow());
        }

        if (endpoint.DisabledAt is not null)
            return;
        if (gone || FailureRules.IsTooLong(endpoint.FailingFor, endpoint.Failures))
            await DisableAsync(endpoint, gone ? DisabledReason.Gone : DisabledReason.Failing, cancellationToken);
        else if (endpoint.WarnedAt is null && FailureRules.IsWorthAWarning(endpoint.FailingFor))
            endpoint.Warn(time.GetUtcNow());
    }

    private async Task DisableAsync(WebhookEndpoint endpoint, DisabledReason reason, CancellationToken cancellationToken)
    {
        endpoint.Disable(reason, time.GetUtcNow());

        // Those being attempted keep their claim: when they end well, they are delivered all the same.
        await db.Set<WebhookDelivery>().IgnoreQueryFilters().Where(row => row.EndpointId == endpoint.Id && row.State == DeliveryState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DeliveryState.Kept), cancellationToken);
        activity.Add(Actor.System(endpoint.WorkspaceId), ActivityAction.WebhookDisabled, endpoint.Id, endpoint.Host, endpoint.TeammateId, endpoint.Note);
        LogDisabled(endpoint.Id, reason);
    }

    [LoggerMessage(EventName = "webhook.disabled", Level = LogLevel.Warning, Message = "Webhook {WebhookId} was switched off ({Reason})")]
    private partial void LogDisabled(string webhookId, DisabledReason reason);
}
