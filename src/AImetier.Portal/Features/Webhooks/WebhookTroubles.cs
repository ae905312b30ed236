using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Finds endpoints of the current workspace that the Portal has switched off or that have failed for days. One that a person has paused needs nobody.</summary>
/// <param name="db">The database.</param>
/// <param name="time">The clock.</param>
public sealed class WebhookTroubles(PortalDbContext db, TimeProvider time)
{
    /// <summary>All of them, the longest first.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<WebhookTrouble>> ListAsync(CancellationToken cancellationToken) =>
        Describe(await Open().AsNoTracking().ToListAsync(cancellationToken));

    /// <summary>How many there are.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<int> CountAsync(CancellationToken cancellationToken) => Open().CountAsync(cancellationToken);

    /// <summary>Takes those that people have not been told of yet: of several processes one gets each, before anything is told.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IReadOnlyList<WebhookTrouble>> TakeUntoldAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var untold = await Untold(Open()).ToListAsync(cancellationToken);
        untold.ForEach(endpoint => endpoint.Tell(now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return Describe(untold);
    }

    /// <summary>Workspaces with some that people have not been told of. Across workspaces by intent.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<List<string>> WorkspacesToTellAsync(CancellationToken cancellationToken) =>
        Untold(Troubled(db.Set<WebhookEndpoint>().IgnoreQueryFilters())).Select(row => row.WorkspaceId).Distinct().ToListAsync(cancellationToken);

    private IQueryable<WebhookEndpoint> Open() => Troubled(db.Set<WebhookEndpoint>());

    private static IQueryable<WebhookEndpoint> Troubled(IQueryable<WebhookEndpoint> endpoints) =>
        endpoints.Where(row => row.RemovedAt == null && row.PausedAt == null && (row.DisabledAt != null || row.WarnedAt != null));

    private static IQueryable<WebhookEndpoint> Untold(IQueryable<WebhookEndpoint> endpoints) =>
        endpoints.Where(row => row.ToldAt == null || row.ToldAt < (row.DisabledAt ?? row.WarnedAt));

    private static IReadOnlyList<WebhookTrouble> Describe(List<WebhookEndpoint> endpoints) =>
    [
        .. endpoints.Select(row => new WebhookTrouble(row.Id, row.TeammateId, row.Host, row.DisabledReason, row.DisabledAt ?? row.FailingSince ?? row.WarnedAt!.Value))
            .OrderBy(trouble => trouble.Since).ThenBy(trouble => trouble.WebhookId, StringComparer.Ordinal),
    ];
}
