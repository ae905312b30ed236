using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Idempotency;

/// <summary>Remembers requests for 24 hours, in the transaction that stores what came of them: both exist or neither does.</summary>
/// <param name="db">The database, with a transaction begun by the caller.</param>
/// <param name="time">The clock.</param>
public sealed class RequestMemory(PortalDbContext db, TimeProvider time)
{
    /// <summary>What is remembered of a request with one of these keys, or null. What is older than 24 hours is forgotten here.</summary>
    /// <param name="teammateId">The teammate in the path.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="repeatable">The keys.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IdempotentRequest?> FindAsync(string teammateId, string operation, RepeatableRequest repeatable, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - IdempotentRequest.Lifetime;
        var keys = repeatable.Keys;
        var rows = db.Set<IdempotentRequest>().Where(request => request.TeammateId == teammateId && request.Operation == operation && keys.Contains(request.Key));
        await rows.Where(request => request.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        return await rows.AsNoTracking().OrderBy(request => request.CreatedAt).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Remembers a request; the caller saves and commits.</summary>
    /// <param name="teammateId">The teammate in the path.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="resultId">Id of what came of it.</param>
    public void Add(string teammateId, string operation, RepeatableRequest request, string resultId) => db.AddRange(request.Keys.Select(key => new IdempotentRequest
    {
        WorkspaceId = db.WorkspaceId!,
        TeammateId = teammateId,
        Operation = operation,
        Key = key,
        Digest = request.Digest,
        ResultId = resultId,
        CreatedAt = time.GetUtcNow(),
    }));
}
