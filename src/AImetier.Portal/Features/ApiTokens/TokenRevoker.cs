using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Events;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Ends keys inside the caller's transaction: journal first, then row, activity and event.</summary>
/// <param name="journal">Outlives the database.</param>
/// <param name="proofs">Forgets what is of no more use.</param>
/// <param name="activity">The activity log.</param>
/// <param name="events">The outbox.</param>
/// <param name="time">The clock.</param>
public sealed class TokenRevoker(RevocationJournal journal, VerifiedTokenCache proofs, ActivityLog activity, EventPublisher events, TimeProvider time)
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
        {
            token.Revoke(now, actor);
            proofs.Forget(token.Id);
            activity.Add(actor, ActivityAction.TokenRevoked, token.Id, token.Name, token.TeammateId);
            await events.AddAsync(token.WorkspaceId, token.TeammateId, "token.revoked", new { token.TeammateId, TokenId = token.Id }, visibleToKeys: true, cancellationToken);
        }
    }
}
