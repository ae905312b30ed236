using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Teammates;

/// <summary>Reads the teammates of the current workspace.</summary>
/// <param name="db">The database.</param>
public sealed class TeammateDirectory(PortalDbContext db)
{
    /// <summary>Teammates that have not been removed, oldest first.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<Teammate>> ListAsync(CancellationToken cancellationToken) =>
        await db.Set<Teammate>().AsNoTracking().Where(teammate => teammate.RemovedAt == null)
            .OrderBy(teammate => teammate.CreatedAt).ThenBy(teammate => teammate.Id).ToListAsync(cancellationToken);

    /// <summary>A teammate that has not been removed, or null.</summary>
    /// <param name="teammateId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<Teammate?> FindAsync(string? teammateId, CancellationToken cancellationToken) =>
        db.Set<Teammate>().AsNoTracking().SingleOrDefaultAsync(teammate => teammate.Id == teammateId && teammate.RemovedAt == null, cancellationToken);
}
