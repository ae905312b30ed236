using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Idempotency;

/// <summary>Forgets remembered requests after their 24 hours, once an hour.</summary>
/// <param name="scopes">Makes the scope of each look.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class ForgettingRequests(IServiceScopeFactory scopes, TimeProvider time, ILogger<ForgettingRequests> logger) : BackgroundService
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
                var oldest = time.GetUtcNow() - IdempotentRequest.Lifetime;
                await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<IdempotentRequest>().IgnoreQueryFilters()
                    .Where(request => request.CreatedAt < oldest).ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException)
            {
                LogFailed(e.GetType().Name);
            }
        }
    }

    [LoggerMessage(EventName = "idempotency.forget_failed", Level = LogLevel.Warning, Message = "Old requests could not be forgotten ({Failure})")]
    private partial void LogFailed(string failure);
}
