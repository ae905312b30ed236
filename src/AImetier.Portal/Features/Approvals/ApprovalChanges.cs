using AImetier.Portal.Data;
using AImetier.Portal.Features.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace AImetier.Portal.Features.Approvals;

/// <summary>Changes the state of an approval, with its event. Every way of changing one comes through here.</summary>
/// <param name="db">The database, with a transaction begun by the caller.</param>
/// <param name="events">The outbox.</param>
public sealed class ApprovalChanges(PortalDbContext db, EventPublisher events)
{
    /// <summary>Changes a row if it is still as the caller requires. The caller saves and commits.</summary>
    /// <param name="approvalId">An approval of the current workspace.</param>
    /// <param name="open">What the row must be like.</param>
    /// <param name="set">The change.</param>
    /// <param name="eventType">Type of the event, or null for none.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>The row as it is now, or null when it was not open.</returns>
    public async Task<Approval?> ChangeAsync(
        string approvalId,
        Func<IQueryable<Approval>, IQueryable<Approval>> open,
        Action<UpdateSettersBuilder<Approval>> set,
        string? eventType,
        CancellationToken cancellationToken)
    {
        var row = db.Set<Approval>().Where(approval => approval.Id == approvalId);
        if (await open(row).ExecuteUpdateAsync(set, cancellationToken) == 0)
            return null;
        var changed = await row.AsNoTracking().SingleAsync(cancellationToken);
        if (eventType is not null)
            await PublishAsync(changed, eventType, cancellationToken);
        return changed;
    }

    /// <summary>Adds an event of an approval: ids and state, never what it says.</summary>
    /// <param name="approval">The row.</param>
    /// <param name="type">Type, for example <c>approval.decided</c>.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public Task PublishAsync(Approval approval, string type, CancellationToken cancellationToken) => events.AddAsync(
        approval.WorkspaceId,
        approval.TeammateId,
        type,
        new ApprovalEvent(
            approval.TeammateId, approval.ConversationId, approval.MessageId, approval.Id, ApprovalJson.NameOf(approval.State), approval.ReadMetadata()),
        approval.VisibleToKeys,
        cancellationToken);
}
