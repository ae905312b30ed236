using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>
/// Keeps for admins what hooks refused and why. It is gathered in memory, bounded, and written at most once a second and at the stop, so that nobody
/// who only knows an address can make the database work.
/// </summary>
/// <param name="scopes">Makes the scope of each write.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class HookRefusals(IServiceScopeFactory scopes, TimeProvider time, ILogger<HookRefusals> logger) : BackgroundService
{
    private const int MostGathered = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private readonly Lock _turn = new();
    private Task _writing = Task.CompletedTask;
    private Dictionary<(string HookId, HookRefusalReason Reason), (string WorkspaceId, int Count, DateTimeOffset At)> _gathered = [];

    /// <summary>Counts a refusal.</summary>
    /// <param name="hook">The hook.</param>
    /// <param name="reason">Why.</param>
    public void Count(IncomingHook hook, HookRefusalReason reason)
    {
        lock (_lock)
        {
            var key = (hook.Id, reason);
            if (_gathered.TryGetValue(key, out var before) || _gathered.Count < MostGathered)
                _gathered[key] = (hook.WorkspaceId, before.Count + 1, time.GetUtcNow());
        }
    }

    /// <summary>Writes what was gathered, in one transaction. When this returns, all that was counted before is written.</summary>
    /// <param name="cancellationToken">Stops the write.</param>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        lock (_turn)
            return _writing = WriteAfterAsync(_writing, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryFlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pause, time, stoppingToken);
            await TryFlushAsync(stoppingToken);
        }
    }

    // One write at a time; how the one before ended is told to whoever asked for it.
    private async Task WriteAfterAsync(Task before, CancellationToken cancellationToken)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await WriteAsync(cancellationToken);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        Dictionary<(string HookId, HookRefusalReason Reason), (string WorkspaceId, int Count, DateTimeOffset At)> gathered;
        lock (_lock)
        {
            if (_gathered.Count == 0)
                return;
            (gathered, _gathered) = (_gathered, []);
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Across workspaces by intent: the Portal itself writes, each row in the workspace of its hook. A hook removed meanwhile needs no row.
        var ids = gathered.Keys.Select(key => key.HookId).Distinct().ToList();
        var there = await db.Set<IncomingHook>().IgnoreQueryFilters().Where(hook => ids.Contains(hook.Id)).Select(hook => hook.Id).ToListAsync(cancellationToken);
        var rows = await db.Set<HookRefusal>().IgnoreQueryFilters().Where(row => ids.Contains(row.HookId)).ToDictionaryAsync(row => (row.HookId, row.Reason), cancellationToken);
        foreach (var ((hookId, reason), (workspaceId, count, at)) in gathered.Where(one => there.Contains(one.Key.HookId)))
        {
            if (!rows.TryGetValue((hookId, reason), out var row))
            {
                row = new HookRefusal { WorkspaceId = workspaceId, HookId = hookId, Reason = reason };
                db.Add(row);
            }

            row.Add(count, at);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException)
        {
            LogNotWritten(e.GetType().Name);
        }
    }

    [LoggerMessage(EventName = "hook.refusals_lost", Level = LogLevel.Warning, Message = "What incoming hooks refused could not be written ({Failure})")]
    private partial void LogNotWritten(string failure);
}
