using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.Conversations;

/// <summary>
/// Counts the work that software has asked for, in the database, so that every process counts the same: by key, where one proves the asker, else by
/// hook. People are not limited.
/// </summary>
/// <param name="db">The database.</param>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
public sealed class WorkLimits(PortalDbContext db, IOptions<WorkLimitOptions> options, TimeProvider time)
{
    private static readonly TimeSpan RetryAtOnce = TimeSpan.FromSeconds(2);

    /// <summary>Whether one more ask would be over a limit; called in the transaction that would store it.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The refusal, or null.</returns>
    public async Task<AskOutcome.WorkLimited?> CheckAsync(Requester by, CancellationToken cancellationToken)
    {
        if (Counted(by) is not { } messages)
            return null;
        if (await WaitAsync(messages, options.Value.PerDay, TimeSpan.FromDays(1), cancellationToken) is { } tomorrow)
            return new(WorkLimit.PerDay, tomorrow);
        if (await WaitAsync(messages, options.Value.PerMinute, TimeSpan.FromMinutes(1), cancellationToken) is { } soon)
            return new(WorkLimit.PerMinute, soon);
        return await CheckAtOnceAsync(by, cancellationToken);
    }

    /// <summary>Whether one more reply being worked on would be over the limit.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The refusal, or null.</returns>
    public async Task<AskOutcome.WorkLimited?> CheckAtOnceAsync(Requester by, CancellationToken cancellationToken) =>
        Counted(by) is { } messages && await messages.CountAsync(message => message.Status == MessageStatus.Working, cancellationToken) >= options.Value.AtOnce
            ? new(WorkLimit.AtOnce, RetryAtOnce)
            : null;

    private IQueryable<Message>? Counted(Requester by) => (by.TokenId, by.HookId) switch
    {
        ({ } tokenId, _) => db.Set<Message>().Where(message => message.RequestedByTokenId == tokenId),
        (null, { } hookId) => db.Set<Message>().Where(message => message.RequestedByKind == RequesterKind.Hook && message.RequestedById == hookId),
        _ => null,
    };

    // The limit is reached when the limit-th newest question lies within the window; it opens again when that one leaves it.
    private async Task<TimeSpan?> WaitAsync(IQueryable<Message> messages, int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - window;
        var decisive = await messages.Where(message => message.Author == MessageAuthor.User && message.CreatedAt > since)
            .OrderByDescending(message => message.CreatedAt)
            .Skip(limit - 1)
            .Select(message => (DateTimeOffset?)message.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return decisive + window - now;
    }
}
