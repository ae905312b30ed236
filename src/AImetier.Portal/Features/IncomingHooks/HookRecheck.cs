using AImetier.Portal.Data;
using AImetier.Portal.Features.Conversations;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Says whether hooks still take work.</summary>
/// <param name="db">The context of the write.</param>
public sealed class HookRecheck(PortalDbContext db) : IHookRecheck
{
    /// <inheritdoc/>
    public Task<bool> StillOpenAsync(string hookId, CancellationToken cancellationToken) =>
        db.Set<IncomingHook>().AnyAsync(hook => hook.Id == hookId && hook.PausedAt == null, cancellationToken);
}
