using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AImetier.Portal.Features.Events;

/// <summary>Wakes who follows events in this process when a transaction that stored some is committed; other processes notice by looking.</summary>
public sealed class EventSignal : DbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, object> _storing = [];
    private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends at the next commit with events. Taken before looking for them, so that nothing is missed.</summary>
    public Task Next => Volatile.Read(ref _set).Task;

    /// <inheritdoc/>
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Tell(eventData.Context);

    /// <inheritdoc/>
    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(eventData.Context);
        return Task.CompletedTask;
    }

    /// <summary>Remembers that the transaction of a context stores events.</summary>
    /// <param name="db">The context.</param>
    internal void Expect(DbContext db) => _storing.TryAdd(db, this);

    private void Tell(DbContext? db)
    {
        if (db is not null && _storing.Remove(db))
            Interlocked.Exchange(ref _set, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
