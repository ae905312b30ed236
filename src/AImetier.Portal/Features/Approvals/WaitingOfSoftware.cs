using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Approvals;

/// <summary>Counts what keys and hooks asked for and nobody has decided yet.</summary>
/// <param name="db">The database.</param>
public sealed class WaitingOfSoftware(PortalDbContext db)
{
    /// <summary>How many approvals wait, by public id of the key; keys without any are left out.</summary>
    /// <param name="tokenIds">Public ids of keys.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(IReadOnlyCollection<string> tokenIds, CancellationToken cancellationToken) =>
        await db.Set<Approval>()
            .Where(approval => approval.RequestedByTokenId != null && tokenIds.Contains(approval.RequestedByTokenId) && approval.State == ApprovalState.Waiting)
            .GroupBy(approval => approval.RequestedByTokenId!)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, StringComparer.Ordinal, cancellationToken);

    /// <summary>How many approvals of a hook wait.</summary>
    /// <param name="hookId">The hook.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<int> CountOfHookAsync(string hookId, CancellationToken cancellationToken) => db.Set<Approval>().CountAsync(
        approval => approval.State == ApprovalState.Waiting && approval.RequestedByKind == RequesterKind.Hook && approval.RequestedById == hookId, cancellationToken);
}
