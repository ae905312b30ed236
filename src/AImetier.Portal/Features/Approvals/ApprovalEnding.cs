using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Approvals;

/// <summary>Ends what nobody decided: after 7 days, and with its teammate.</summary>
/// <param name="db">The database.</param>
/// <param name="changes">Changes states with their events.</param>
/// <param name="activity">The activity log.</param>
/// <param name="time">The clock.</param>
public sealed class ApprovalEnding(PortalDbContext db, ApprovalChanges changes, ActivityLog activity, TimeProvider time) : ITeammateDependent
{
    /// <inheritdoc/>
    public async Task<(string Kind, int Count)> CountAsync(string teammateId, CancellationToken cancellationToken) =>
        ("approvals", await Open(teammateId).CountAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task EndAsync(string teammateId, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var id in await Open(teammateId).Select(approval => approval.Id).ToListAsync(cancellationToken))
        {
            await changes.ChangeAsync(
                id,
                open => open.Where(approval => approval.State == ApprovalState.Waiting || approval.State == ApprovalState.Approved),
                set => set.SetProperty(approval => approval.State, ApprovalState.Canceled).SetProperty(approval => approval.DecidedAt, now),
                "approval.decided",
                cancellationToken);
        }
    }

    /// <summary>Expires a waiting approval whose time is over.</summary>
    /// <param name="approvalId">An approval of the current workspace.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task ExpireAsync(string approvalId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await changes.ChangeAsync(
            approvalId,
            open => open.Where(approval => approval.State == ApprovalState.Waiting && approval.ExpiresAt <= now),
            set => set.SetProperty(approval => approval.State, ApprovalState.Expired).SetProperty(approval => approval.DecidedAt, now),
            "approval.decided",
            cancellationToken) is not { } expired)
        {
            return;
        }

        activity.Add(Actor.System(expired.WorkspaceId), ActivityAction.ApprovalExpired, expired.Id, expired.ReadContent().To, expired.TeammateId);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private IQueryable<Approval> Open(string teammateId) => db.Set<Approval>().Where(
        approval => approval.TeammateId == teammateId && (approval.State == ApprovalState.Waiting || approval.State == ApprovalState.Approved));
}
