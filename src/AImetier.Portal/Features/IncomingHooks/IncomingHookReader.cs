using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Conversations;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Reads hooks of the current workspace for pages. What a hook took is counted from the questions that it asked.</summary>
/// <param name="db">The database.</param>
/// <param name="secrets">Says whether a secret can still be decrypted.</param>
/// <param name="time">The clock.</param>
public sealed class IncomingHookReader(PortalDbContext db, HookSecrets secrets, TimeProvider time)
{
    /// <summary>Hooks of a teammate, newest first.</summary>
    /// <param name="teammateId">A teammate of this workspace.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<HookSummary>> ListAsync(string teammateId, CancellationToken cancellationToken) =>
        await SummarizeAsync(db.Set<IncomingHook>().Where(hook => hook.TeammateId == teammateId), cancellationToken);

    /// <summary>A hook, or null.</summary>
    /// <param name="hookId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<HookSummary?> FindAsync(string hookId, CancellationToken cancellationToken) =>
        (await SummarizeAsync(db.Set<IncomingHook>().Where(hook => hook.Id == hookId), cancellationToken)).SingleOrDefault();

    /// <summary>What a hook refused in the last 30 days, the latest first; up to a second behind.</summary>
    /// <param name="hookId">A hook of this workspace.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<IReadOnlyList<HookRefusal>> RefusalsAsync(string hookId, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - HookRefusal.Lifetime;
        return await db.Set<HookRefusal>().AsNoTracking().Where(row => row.HookId == hookId && row.LastAt > oldest)
            .OrderByDescending(row => row.LastAt).ThenBy(row => row.Reason).ToListAsync(cancellationToken);
    }

    private async Task<List<HookSummary>> SummarizeAsync(IQueryable<IncomingHook> hooks, CancellationToken cancellationToken)
    {
        var dayAgo = time.GetUtcNow() - TimeSpan.FromDays(1);
        var rows = await hooks.AsNoTracking().OrderByDescending(hook => hook.CreatedAt).ThenByDescending(hook => hook.Id).ToListAsync(cancellationToken);
        var ids = rows.Select(hook => hook.Id).ToList();
        var taken = await db.Set<Message>()
            .Where(message => message.RequestedByKind == RequesterKind.Hook && ids.Contains(message.RequestedById) && message.Author == MessageAuthor.User)
            .GroupBy(message => message.RequestedById)
            .Select(group => new { group.Key, Last = group.Max(message => message.CreatedAt), Recent = group.Count(message => message.CreatedAt > dayAgo), All = group.Count() })
            .ToDictionaryAsync(group => group.Key, StringComparer.Ordinal, cancellationToken);
        return [.. rows.Select(hook => Summarize(hook, taken.GetValueOrDefault(hook.Id) is { } found ? (found.Last, found.Recent, found.All) : (null, 0, 0)))];
    }

    private HookSummary Summarize(IncomingHook hook, (DateTimeOffset? Last, int Recent, int All) taken) => new(
        hook.Id,
        hook.TeammateId,
        hook.Name,
        hook.Template,
        hook.Proof,
        hook.CreatedAt,
        hook.CreatedById,
        hook.CreatedByName,
        hook.PausedAt,
        hook.ProtectedSecret is not null && secrets.Read(hook) is null,
        taken.Last,
        taken.Recent,
        taken.All);
}
