using AImetier.Portal.Data;
using AImetier.Portal.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Approvals;

/// <summary>Reads approvals for keys: those of conversations that software began with their teammate.</summary>
/// <param name="db">The database.</param>
public sealed class ApprovalReader(PortalDbContext db)
{
    /// <summary>Names of all states, for an answer that says what would have been right.</summary>
    public static string AllStates { get; } = string.Join(", ", Enum.GetValues<ApprovalState>().Select(ApprovalJson.NameOf));

    /// <summary>A part of a teammate's approvals, by when they were asked for.</summary>
    /// <param name="teammateId">The key's teammate.</param>
    /// <param name="state">Only those in this state, or null for all.</param>
    /// <param name="list">Which part.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>One row more than fits when there are more.</returns>
    public Task<List<Approval>> PageAsync(string teammateId, ApprovalState? state, ListQuery list, CancellationToken cancellationToken)
    {
        var approvals = ForKeys(teammateId);
        if (state is { } wanted)
            approvals = approvals.Where(row => row.State == wanted);
        if (list.After is { Number: var ticks, Id: var id })
        {
            var at = new DateTimeOffset(ticks, TimeSpan.Zero);
            approvals = list.Ascending
                ? approvals.Where(row => row.RequestedAt > at || (row.RequestedAt == at && row.Id.CompareTo(id) > 0))
                : approvals.Where(row => row.RequestedAt < at || (row.RequestedAt == at && row.Id.CompareTo(id) < 0));
        }

        approvals = list.Ascending
            ? approvals.OrderBy(row => row.RequestedAt).ThenBy(row => row.Id)
            : approvals.OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Id);
        return approvals.Take(list.Limit + 1).ToListAsync(cancellationToken);
    }

    /// <summary>An approval that keys of a teammate may see, or null.</summary>
    /// <param name="teammateId">The key's teammate.</param>
    /// <param name="approvalId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<Approval?> FindAsync(string teammateId, string approvalId, CancellationToken cancellationToken) =>
        ForKeys(teammateId).SingleOrDefaultAsync(approval => approval.Id == approvalId, cancellationToken);

    private IQueryable<Approval> ForKeys(string teammateId) =>
        db.Set<Approval>().AsNoTracking().Where(approval => approval.TeammateId == teammateId && approval.VisibleToKeys);
}
