using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Hooks end with their teammate.</summary>
/// <param name="db">The database.</param>
/// <param name="activity">The activity log.</param>
public sealed class TeammateHooks(PortalDbContext db, ActivityLog activity) : ITeammateDependent
{
    /// <inheritdoc/>
    public async Task<(string Kind, int Count)> CountAsync(string teammateId, CancellationToken cancellationToken) =>
        ("hooks", await Of(teammateId).CountAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task EndAsync(string teammateId, Actor actor, CancellationToken cancellationToken)
    {
        foreach (var hook in await Of(teammateId).ToListAsync(cancellationToken))
        {
            db.Remove(hook);
            activity.Add(actor, ActivityAction.IncomingHookRemoved, hook.Id, hook.Name, teammateId);
        }
    }

    private IQueryable<IncomingHook> Of(string teammateId) => db.Set<IncomingHook>().Where(hook => hook.TeammateId == teammateId);
}
