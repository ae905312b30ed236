using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Endpoints end with their teammate: nothing that waits is sent any more.</summary>
/// <param name="db">The database.</param>
/// <param name="activity">The activity log.</param>
/// <param name="time">The clock.</param>
public sealed class TeammateWebhooks(PortalDbContext db, ActivityLog activity, TimeProvider time) : ITeammateDependent
{
    /// <inheritdoc/>
    public async Task<(string Kind, int Count)> CountAsync(string teammateId, CancellationToken cancellationToken) =>
        ("webhooks", await Present(teammateId).CountAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task EndAsync(string teammateId, Actor actor, CancellationToken cancellationToken)
    {
        foreach (var endpoint in await Present(teammateId).ToListAsync(cancellationToken))
        {
            endpoint.Remove(time.GetUtcNow());
            activity.Add(actor, ActivityAction.WebhookRemoved, endpoint.Id, endpoint.Host, endpoint.TeammateId, endpoint.Note);
        }
    }

    private IQueryable<WebhookEndpoint> Present(string teammateId) =>
        db.Set<WebhookEndpoint>().Where(endpoint => endpoint.TeammateId == teammateId && endpoint.RemovedAt == null);
}
