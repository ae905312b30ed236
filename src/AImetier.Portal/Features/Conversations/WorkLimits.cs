using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Counts the work a key has asked for, in the database, so that every process counts the same.</summary>
/// <param name="db">The database.</param>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
public sealed class WorkLimits(PortalDbContext db, IOptions<WorkLimitOptions> options, TimeProvider time)
{
    private static readonly TimeSpan RetryAtOnce = TimeSpan.FromSeconds(2);

    /// <summary>Whether one more ask would be over a limit; called in the transaction that would store it.</summary>
    /// <param name="tokenId">Public id of the key.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The refusal, or null.</returns>
    public async Task<AskOutcome.WorkLimited?> CheckAsync(string tokenId, CancellationToken cancellationToken)
    {
        if (await WaitAsync(tokenId, options.Value.PerDay, TimeSpan.FromDays(1), cancellationToken) is { } tomorrow)
            return new(WorkLimit.PerDay, tomorrow);
        if (await WaitAsync(tokenId, options.Value.PerMinute, TimeSpan.FromMinutes(1), cancellationToken) is { } soon)
            return new(WorkLimit.PerMinute, soon);
        return await CheckAtOnceAsync(tokenId, cancellationToken);
    }

    /// <summary>Whether one more reply being worked on would be over the limit.</summary>
    /// <param name="tokenId">Public id of the key.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>The refusal, or null.</returns>
    public async Task<AskOutcome.WorkLimited?> CheckAtOnceAsync(string tokenId, CancellationToken cancellationToken)
    {
        var working = await db.Set<Message>().CountAsync(
            message => message.RequestedByTokenId == tokenId && message.Status == MessageStatus.Working, cancellationToken);
        return working >= options.Value.AtOnce ? new(WorkLimit.AtOnce, RetryAtOnce) : null;
    }

    // The limit is reached when the limit-th newest question lies within the window; it opens again when that one leaves it.
    private async Task<TimeSpan?> WaitAsync(string tokenId, int limit, TimeSpan window, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = now - window;
        var decisive = await db.Set<Message>()
            .Where(message => message.RequestedByTokenId == tokenId && message.Author == MessageAuthor.User && message.CreatedAt > since)
            .OrderByDescending(message => message.CreatedAt)
            .Skip(limit - 1)
            .Select(message => (DateTimeOffset?)message.CreatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return decisive + window - now;
    }
}
