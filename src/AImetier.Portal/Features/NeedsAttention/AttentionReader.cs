using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>Reads what waits for a person in the current workspace, and what was decided. Each state is read along its own stretch of the index.</summary>
/// <param name="db">The database.</param>
/// <param name="channel">Says whether approved things are stuck.</param>
/// <param name="webhooks">Endpoints that need a person.</param>
public sealed class AttentionReader(PortalDbContext db, IOutwardChannel channel, WebhookTroubles webhooks)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 20;

    /// <summary>The count stops here; more is shown as "99+".</summary>
    public const int MostCounted = 100;

    private static readonly ApprovalState[] Problems = [ApprovalState.Waiting, ApprovalState.Failed, ApprovalState.Uncertain];

    // What is approved while nothing is connected is listed here too; else it is about to leave.
    private static readonly ApprovalState[] Stuck = [.. Problems, ApprovalState.Approved];

    private static readonly ApprovalState[] Decided =
        [ApprovalState.Sent, ApprovalState.Saved, ApprovalState.Declined, ApprovalState.Expired, ApprovalState.Canceled, ApprovalState.Sending];

    /// <summary>What needs a person, oldest first.</summary>
    /// <param name="after">Where the page begins, or null for the first.</param>
    /// <param name="tokenId">Only what this key asked for, or null.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>At most <see cref="PageSize"/> rows, and where the next page begins, or null.</returns>
    public async Task<(IReadOnlyList<Approval> Rows, ListPlace? Next)> PageAsync(ListPlace? after, string? tokenId, CancellationToken cancellationToken)
    {
        var rows = new List<Approval>();
        foreach (var state in await StatesAsync(cancellationToken))
            rows.AddRange(await Oldest(state, after, tokenId).Take(PageSize + 1).ToListAsync(cancellationToken));
        return Cut([.. rows.OrderBy(row => row.RequestedAt).ThenBy(row => row.Id, StringComparer.Ordinal)]);
    }

    /// <summary>What is over, newest first.</summary>
    /// <param name="before">Where the page begins, or null for the first.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>At most <see cref="PageSize"/> rows, and where the next page begins, or null.</returns>
    public async Task<(IReadOnlyList<Approval> Rows, ListPlace? Next)> DecidedAsync(ListPlace? before, CancellationToken cancellationToken)
    {
        var rows = new List<Approval>();
        foreach (var state in Decided)
            rows.AddRange(await Newest(state, before).Take(PageSize + 1).ToListAsync(cancellationToken));
        if (await channel.StateAsync(cancellationToken) != ChannelState.NotConnected)
            rows.AddRange(await Newest(ApprovalState.Approved, before).Take(PageSize + 1).ToListAsync(cancellationToken));
        foreach (var state in new[] { ApprovalState.Failed, ApprovalState.Uncertain })
            rows.AddRange(await Newest(state, before).Where(row => row.SetAsideAt != null).Take(PageSize + 1).ToListAsync(cancellationToken));
        return Cut([.. rows.OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Id, StringComparer.Ordinal)]);
    }

    /// <summary>How many things need a person, at most <see cref="MostCounted"/>.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<int> CountAsync(CancellationToken cancellationToken) => Math.Min(
        await Counted(await StatesAsync(cancellationToken)).CountAsync(cancellationToken) + await webhooks.CountAsync(cancellationToken), MostCounted);

    /// <summary>The waiting one to decide after another: the next asked for, or none.</summary>
    /// <param name="decided">What was just decided.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>Its id, or null.</returns>
    public Task<string?> NextAsync(Approval decided, CancellationToken cancellationToken) =>
        Oldest(ApprovalState.Waiting, new ListPlace(decided.RequestedAt.UtcTicks, decided.Id), null).Select(row => row.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The rows of one state in the order of the queue.</summary>
    /// <param name="state">A state of the queue.</param>
    /// <param name="after">Where to begin, or null.</param>
    /// <param name="tokenId">Only what this key asked for, or null.</param>
    internal IQueryable<Approval> Oldest(ApprovalState state, ListPlace? after, string? tokenId)
    {
        var rows = db.Set<Approval>().AsNoTracking().Where(row => row.State == state);
        if (state is ApprovalState.Failed or ApprovalState.Uncertain)
            rows = rows.Where(row => row.SetAsideAt == null);
        if (tokenId is not null)
            rows = rows.Where(row => row.RequestedByTokenId == tokenId);
        if (after is { Number: var ticks, Id: var id })
        {
            var at = new DateTimeOffset(ticks, TimeSpan.Zero);
            rows = rows.Where(row => row.RequestedAt >= at && (row.RequestedAt > at || row.Id.CompareTo(id) > 0));
        }

        return rows.OrderBy(row => row.RequestedAt).ThenBy(row => row.Id);
    }

    /// <summary>The rows that the count goes over.</summary>
    /// <param name="states">States of the queue.</param>
    internal IQueryable<Approval> Counted(IReadOnlyList<ApprovalState> states) =>
        db.Set<Approval>().Where(row => states.Contains(row.State) && row.SetAsideAt == null).OrderBy(row => row.State).Take(MostCounted);

    private IQueryable<Approval> Newest(ApprovalState state, ListPlace? before)
    {
        var rows = db.Set<Approval>().AsNoTracking().Where(row => row.State == state);
        if (before is { Number: var ticks, Id: var id })
        {
            var at = new DateTimeOffset(ticks, TimeSpan.Zero);
            rows = rows.Where(row => row.RequestedAt <= at && (row.RequestedAt < at || row.Id.CompareTo(id) < 0));
        }

        return rows.OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Id);
    }

    private async Task<ApprovalState[]> StatesAsync(CancellationToken cancellationToken) =>
        await channel.StateAsync(cancellationToken) == ChannelState.NotConnected ? Stuck : Problems;

    private static (IReadOnlyList<Approval> Rows, ListPlace? Next) Cut(List<Approval> rows)
    {
        if (rows.Count <= PageSize)
            return (rows, null);
        var last = rows[PageSize - 1];
        return (rows[..PageSize], new ListPlace(last.RequestedAt.UtcTicks, last.Id));
    }
}
