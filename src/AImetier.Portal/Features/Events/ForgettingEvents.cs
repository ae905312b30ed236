using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Events;

/// <summary>Forgets events after their 30 days, once an hour.</summary>
/// <param name="scopes">Makes the scope of each look.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class ForgettingEvents(IServiceScopeFactory scopes, TimeProvider time, ILogger<ForgettingEvents> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Pause, time, stoppingToken);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var oldest = time.GetUtcNow() - EventReader.Kept;
                await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<OutboxEvent>().IgnoreQueryFilters()
                    .Where(row => row.At < oldest).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException)
            {
                LogFailed(e.GetType().Name);
            }
        }
    }

    [LoggerMessage(EventName = "events.forget_failed", Level = LogLevel.Warning, Message = "Old events could not be forgotten ({Failure})")]
    private partial void LogFailed(string failure);
}
