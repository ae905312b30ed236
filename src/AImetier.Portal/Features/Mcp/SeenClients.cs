using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Mcp;

/// <summary>Lists which MCP clients have called a teammate of the current workspace.</summary>
/// <param name="db">The database.</param>
public sealed class SeenClients(PortalDbContext db)
{
    /// <summary>Most clients of a list.</summary>
    public const int Most = 50;

    /// <summary>The clients, the one seen last first.</summary>
    /// <param name="teammateId">A teammate of this workspace.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<SeenClientRow>> ListAsync(string teammateId, CancellationToken cancellationToken) =>
        await (from client in db.Set<SeenClient>()
               join token in db.Set<ApiToken>() on client.TokenId equals token.Id
               where token.TeammateId == teammateId
               orderby client.LastSeenAt descending, client.Name, client.TokenId
               select new SeenClientRow(client.Name, client.Version, client.Revision, token.Name, token.RevokedAt != null, client.FirstSeenAt, client.LastSeenAt))
            .Take(Most).ToListAsync(cancellationToken);
}
