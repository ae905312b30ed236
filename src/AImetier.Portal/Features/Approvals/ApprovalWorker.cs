using System.Collections.Concurrent;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Connectors;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Approvals;

/// <summary>
/// Looks for approvals that may leave, a few at a time, and for attempts whose lease has lapsed; expires what nobody decided. It looks when this
/// process approved something or connected e-mail, and every second.
/// </summary>
/// <param name="scopes">Makes the scope of each attempt.</param>
/// <param name="signal">Says that there is something to send, or a new way.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class ApprovalWorker(IServiceScopeFactory scopes, SendSignal signal, TimeProvider time, ILogger<ApprovalWorker> logger) : BackgroundService
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ExpiryPause = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Task> _attempts = new(StringComparer.Ordinal);
    private DateTimeOffset _expiredAt;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // What is leaving may end; what does not in time is uncertain when its lease lapses.
        await Task.WhenAll(_attempts.Values).WaitAsync(cancellationToken).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            await LookAsync(stoppingToken);
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(next, Task.Delay(Pause, time, wait.Token));
            await wait.CancelAsync();
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StartAttemptsAsync(cancellationToken);
            await EndLapsedAsync(cancellationToken);
            if (time.GetUtcNow() - _expiredAt < ExpiryPause)
                return;
            await ExpireAsync(cancellationToken);
            _expiredAt = time.GetUtcNow();
        }
        catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException)
        {
            // The next look comes in a second.
            LogLookFailed(e.GetType().Name);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The Portal stops.
        }
    }

    private async Task StartAttemptsAsync(CancellationToken cancellationToken)
    {
        var free = AtOnce - _attempts.Count;
        if (free <= 0)
            return;
        foreach (var (id, workspaceId) in await FindAsync(row => row.State == ApprovalState.Approved, _attempts.Count + free, cancellationToken))
        {
            if (_attempts.Count >= AtOnce || !_attempts.TryAdd(id, Task.CompletedTask))
                continue;
            _attempts[id] = Task.Run(() => AttemptAsync(id, workspaceId), CancellationToken.None);
        }
    }

    private async Task AttemptAsync(string id, string workspaceId)
    {
        var tried = false;
        try
        {
            await InScopeAsync(workspaceId, async services => tried = await services.GetRequiredService<ApprovalSender>().SendAsync(id));
        }
        catch (Exception e)
        {
            // Nobody waits for this task. The row keeps its state: approved ones are looked at again, sending ones lapse into uncertain.
            LogAttemptBroke(e, id);
        }
        finally
        {
            _attempts.TryRemove(id, out _);

            // There may be more to send. Without a connector there is nothing to hurry for.
            if (tried)
                signal.Set();
        }
    }

    private async Task EndLapsedAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (id, workspaceId) in await FindAsync(row => row.State == ApprovalState.Sending && row.SendingUntil < now, 100, cancellationToken))
            await InScopeAsync(workspaceId, services => services.GetRequiredService<ApprovalSender>().GiveUpAsync(id, cancellationToken));
    }

    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (id, workspaceId) in await FindAsync(row => row.State == ApprovalState.Waiting && row.ExpiresAt <= now, 1000, cancellationToken))
            await InScopeAsync(workspaceId, services => services.GetRequiredService<ApprovalEnding>().ExpireAsync(id, cancellationToken));
    }

    private async Task<List<(string Id, string WorkspaceId)>> FindAsync(
        System.Linq.Expressions.Expression<Func<Approval, bool>> which, int most, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();

        // Across workspaces by intent; each attempt then works within its own.
        var rows = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<Approval>().IgnoreQueryFilters()
            .Where(which).OrderBy(row => row.DecidedAt).Take(most).Select(row => new { row.Id, row.WorkspaceId }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Id, row.WorkspaceId))];
    }

    private async Task InScopeAsync(string workspaceId, Func<IServiceProvider, Task> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(workspaceId);
        await act(scope.ServiceProvider);
    }

    [LoggerMessage(EventName = "approval.look_failed", Level = LogLevel.Warning, Message = "Approvals could not be looked at ({Failure})")]
    private partial void LogLookFailed(string failure);

    [LoggerMessage(EventName = "approval.attempt_broke", Level = LogLevel.Error, Message = "The attempt to send {ApprovalId} broke")]
    private partial void LogAttemptBroke(Exception failure, string approvalId);
}
