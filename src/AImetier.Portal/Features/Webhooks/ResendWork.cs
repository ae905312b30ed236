using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Puts deliveries of a resending back into the queue, a part in each transaction, so that nobody waits for the whole. Across workspaces by intent.</summary>
/// <param name="db">The database.</param>
/// <param name="time">The clock.</param>
public sealed class ResendWork(PortalDbContext db, TimeProvider time)
{
    /// <summary>Most deliveries put back in one transaction.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Puts the next part of the oldest resending back.</summary>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (!await Unfinished().AnyAsync(cancellationToken))
            return false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await Unfinished().OrderBy(row => row.RequestedAt).FirstOrDefaultAsync(cancellationToken) is not { } resend)
            return false;

        var now = time.GetUtcNow();
        var ids = await db.Set<WebhookEndpoint>().IgnoreQueryFilters().AnyAsync(row => row.Id == resend.EndpointId && row.DisabledAt == null && row.RemovedAt == null, cancellationToken)
            ? await Open(db, resend.EndpointId, resend.Since, resend.RequestedAt).Where(row => row.ResendId == null || row.ResendId != resend.Id)
                .OrderBy(row => row.CreatedAt).Take(MostAtOnce).Select(row => row.Id).ToListAsync(cancellationToken)
            : [];
        resend.Queued += await db.Set<WebhookDelivery>().IgnoreQueryFilters().Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, DeliveryState.Pending)
                .SetProperty(row => row.DueAt, now)
                .SetProperty(row => row.PlannedAt, now)
                .SetProperty(row => row.ClaimId, (string?)null)
                .SetProperty(row => row.Tries, 0)
                .SetProperty(row => row.ResendId, resend.Id),
            cancellationToken);
        if (ids.Count < MostAtOnce)
            resend.QueuedAt = now;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Deliveries that can be resent.</summary>
    /// <param name="db">The database.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="since">Made since then.</param>
    /// <param name="until">And not later than this.</param>
    internal static IQueryable<WebhookDelivery> Open(PortalDbContext db, string endpointId, DateTimeOffset since, DateTimeOffset until) =>
        db.Set<WebhookDelivery>().IgnoreQueryFilters().Where(row => row.EndpointId == endpointId
            && (row.State == DeliveryState.Failed || row.State == DeliveryState.Kept) && row.CreatedAt >= since && row.CreatedAt <= until);

    private IQueryable<WebhookResend> Unfinished() => db.Set<WebhookResend>().IgnoreQueryFilters().Where(row => row.QueuedAt == null);
}
