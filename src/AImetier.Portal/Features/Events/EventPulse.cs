using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Events;

/// <summary>
/// Tells the streams of this process that a teammate has new events, whichever process stored them: one query several times a second for all
/// streams together, and none while nobody listens.
/// </summary>
/// <param name="scopes">Makes the scope of each look.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class EventPulse(IServiceScopeFactory scopes, TimeProvider time, ILogger<EventPulse> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Listened> _listened = new(StringComparer.Ordinal);
    private TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until a teammate has an event after a position.</summary>
    /// <param name="teammateId">The teammate.</param>
    /// <param name="position">The last position that was read.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task WhenAfterAsync(string teammateId, long position, CancellationToken cancellationToken)
    {
        Listened listened;
        lock (_lock)
        {
            if (!_listened.TryGetValue(teammateId, out listened!))
                _listened.Add(teammateId, listened = new Listened());
            listened.Count++;
            _first.TrySetResult();
        }

        try
        {
            while (true)
            {
                Task changed;
                lock (_lock)
                {
                    if (listened.Last > position)
                        return;
                    changed = listened.Changed.Task;
                }

                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            lock (_lock)
            {
                if (--listened.Count == 0)
                    _listened.Remove(teammateId);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            Task first;
            string[] teammates;
            lock (_lock)
            {
                if (_listened.Count == 0)
                    _first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                first = _first.Task;
                teammates = [.. _listened.Keys];
            }

            await first.WaitAsync(stoppingToken);
            await LookAsync(teammates, stoppingToken);
            if (teammates.Length > 0)
                await Task.Delay(Pause, time, stoppingToken);
        }
    }

    private async Task LookAsync(string[] teammates, CancellationToken cancellationToken)
    {
        if (teammates.Length == 0)
            return;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var counters = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<EventCounter>().AsNoTracking()
                .Where(counter => teammates.Contains(counter.TeammateId)).ToListAsync(cancellationToken);
            foreach (var counter in counters)
                Tell(counter);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException)
        {
            LogLookFailed(e.GetType().Name);
        }
    }

    private void Tell(EventCounter counter)
    {
        TaskCompletionSource? changed = null;
        lock (_lock)
        {
            if (_listened.TryGetValue(counter.TeammateId, out var listened) && listened.Last < counter.Last)
            {
                listened.Last = counter.Last;
                changed = listened.Changed;
                listened.Changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        changed?.SetResult();
    }

    [LoggerMessage(EventName = "events.look_failed", Level = LogLevel.Warning, Message = "New events could not be looked for ({Failure})")]
    private partial void LogLookFailed(string failure);

    private sealed class Listened
    {
        public int Count { get; set; }

        public long Last { get; set; } = -1;

        public TaskCompletionSource Changed { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
