using AImetier.Portal.Data;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Asks once more, inside the transaction of a write that a key causes, whether the key may still be used.</summary>
/// <param name="db">The context of the write.</param>
public sealed class KeyRecheck(PortalDbContext db)
{
    /// <summary>Whether the key is neither revoked nor its teammate removed, as of the open transaction.</summary>
    /// <param name="tokenId">Public id of the key that causes the write.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<bool> StillGoodAsync(string tokenId, CancellationToken cancellationToken) =>
        db.Set<ApiToken>().AnyAsync(
            token => token.Id == tokenId && token.RevokedAt == null
                && db.Set<Teammate>().Any(teammate => teammate.Id == token.TeammateId && teammate.RemovedAt == null),
            cancellationToken);
}
