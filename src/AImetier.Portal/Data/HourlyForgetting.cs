using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Data;

/// <summary>Deletes, once an hour, what is kept for a time only. What cannot be deleted now waits for the next hour.</summary>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public abstract partial class HourlyForgetting(TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Deletes what is too old.</summary>
    /// <param name="now">The time now.</param>
    /// <param name="cancellationToken">The Portal stops.</param>
    protected abstract Task ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Pause, time, stoppingToken);
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The Portal stops, or could not start.
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ForgetAsync(time.GetUtcNow(), cancellationToken);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException)
        {
            LogFailed(GetType().Name, e.GetType().Name);
        }
    }

    [LoggerMessage(EventName = "data.forget_failed", Level = LogLevel.Warning, Message = "{Service}: what is too old could not be deleted ({Failure})")]
    private partial void LogFailed(string service, string failure);
}
