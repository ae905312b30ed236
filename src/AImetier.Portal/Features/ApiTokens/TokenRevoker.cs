using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Events;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Ends keys inside the caller's transaction: journal first, then row, activity and event.</summary>
/// <param name="db">The database.</param>
/// <param name="journal">Outlives the database.</param>
/// <param name="proofs">Forgets what is of no more use.</param>
/// <param name="activity">The activity log.</param>
/// <param name="events">The outbox.</param>
/// <param name="time">The clock.</param>
public sealed class TokenRevoker(PortalDbContext db, RevocationJournal journal, VerifiedTokenCache proofs, ActivityLog activity, EventPublisher events, TimeProvider time)
{
    /// <summary>Revokes tracked rows; the caller saves and commits.</summary>
    /// <param name="tokens">Active keys, tracked by the context of the transaction.</param>
    /// <param name="actor">Who ends them.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task RevokeAsync(IReadOnlyCollection<ApiToken> tokens, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await journal.AppendAsync([.. tokens.Select(token => token.Id)], now, cancellationToken);
        foreach (var token in tokens)
            await EndAsync(token, now, actor, cancellationToken);
    }

    /// <summary>Revokes again what the journal says and a restored database does not, as an act of the Portal. Once, before the first request.</summary>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>How many keys had come back to life.</returns>
    public async Task<int> ReapplyAsync(CancellationToken cancellationToken)
    {
        var revoked = await journal.ReadAsync(cancellationToken);
        var revived = 0;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var ids in revoked.Keys.Chunk(500))
        {
            // Across workspaces by intent: nobody has signed in yet.
            var alive = await db.Set<ApiToken>().IgnoreQueryFilters().Where(token => ids.Contains(token.Id) && token.RevokedAt == null).ToListAsync(cancellationToken);
            foreach (var token in alive)
                await EndAsync(token, revoked[token.Id], Actor.System(token.WorkspaceId), cancellationToken);
            revived += alive.Count;
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return revived;
    }

    private async Task EndAsync(ApiToken token, DateTimeOffset at, Actor actor, CancellationToken cancellationToken)
    {
        token.Revoke(at, actor);
        proofs.Forget(token.Id);
        activity.Add(actor, ActivityAction.TokenRevoked, token.Id, token.Name, token.TeammateId);
        await events.AddAsync(token.WorkspaceId, token.TeammateId, "token.revoked", new TokenEvent(token.TeammateId, token.Id), visibleToKeys: true, cancellationToken);
    }
}
