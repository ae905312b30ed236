using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Reads the workspace row.</summary>
/// <param name="db">The database.</param>
public sealed class WorkspaceService(PortalDbContext db)
{
    /// <summary>The workspace of that id.</summary>
    /// <param name="workspaceId">Id from the actor, never from a request.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<Workspace> GetAsync(string workspaceId, CancellationToken cancellationToken) =>
        db.Set<Workspace>().AsNoTracking().SingleAsync(workspace => workspace.Id == workspaceId, cancellationToken);
}
