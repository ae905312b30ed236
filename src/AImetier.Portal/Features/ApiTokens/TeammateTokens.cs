using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Keys end with their teammate.</summary>
/// <param name="db">The database.</param>
/// <param name="revoker">Ends keys.</param>
public sealed class TeammateTokens(PortalDbContext db, TokenRevoker revoker) : ITeammateDependent
{
    /// <inheritdoc/>
    public async Task<(string Kind, int Count)> CountAsync(string teammateId, CancellationToken cancellationToken) =>
        ("keys", await Active(teammateId).CountAsync(cancellationToken));

    /// <inheritdoc/>
    public async Task EndAsync(string teammateId, Actor actor, CancellationToken cancellationToken) =>
        await revoker.RevokeAsync(await Active(teammateId).ToListAsync(cancellationToken), actor, cancellationToken);

    private IQueryable<ApiToken> Active(string teammateId) =>
        db.Set<ApiToken>().Where(token => token.TeammateId == teammateId && token.RevokedAt == null);
}
