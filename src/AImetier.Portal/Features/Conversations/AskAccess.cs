using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Whether somebody may have a teammate work: asked in the transaction of every write of an ask, and again while the work runs.</summary>
/// <param name="db">The database.</param>
/// <param name="keys">Says whether a key is still good.</param>
/// <param name="hooks">Says whether a hook still takes work.</param>
public sealed class AskAccess(PortalDbContext db, KeyRecheck keys, IHookRecheck hooks)
{
    /// <summary>Checks the key or the hook, then the teammate, as they are now.</summary>
    /// <param name="teammateId">Who is asked.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The refusal, or null.</returns>
    public async Task<AskOutcome?> RefusalAsync(string teammateId, Requester by, CancellationToken cancellationToken)
    {
        if (by.TokenId is { } tokenId && !await keys.StillGoodAsync(tokenId, cancellationToken))
            return new AskOutcome.KeyRevoked();
        if (by.HookId is { } hookId && !await hooks.StillOpenAsync(hookId, cancellationToken))
            return new AskOutcome.HookClosed();

        var teammate = await db.Set<Teammate>().Where(row => row.Id == teammateId && row.RemovedAt == null)
            .Select(row => new { row.PausedAt }).SingleOrDefaultAsync(cancellationToken);
        if (teammate is null)
            return by.TokenId is null ? new AskOutcome.TeammateNotFound() : new AskOutcome.KeyRevoked();
        return teammate.PausedAt is null ? null : new AskOutcome.TeammatePaused();
    }
}
