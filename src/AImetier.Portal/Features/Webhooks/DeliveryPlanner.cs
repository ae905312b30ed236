using AImetier.Portal.Features.Events;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Looks for events that have yet to become deliveries: when this process stored some, and every second for those of others.</summary>
/// <param name="scopes">Makes the scope of each look.</param>
/// <param name="events">Says that events were stored.</param>
/// <param name="deliveries">Is told that deliveries were made.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class DeliveryPlanner(
    IServiceScopeFactory scopes, EventSignal events, DeliverySignal deliveries, TimeProvider time, ILogger<DeliveryPlanner> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = events.Next;
            if (await LookAsync(stoppingToken))
                continue;
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(next, Task.Delay(Pause, time, wait.Token));
            await wait.CancelAsync();
        }
    }

    private async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var more = false;
        try
        {
            foreach (var teammateId in await BehindAsync(cancellationToken))
            {
                await using var scope = scopes.CreateAsyncScope();
                more |= await scope.ServiceProvider.GetRequiredService<DeliveryPlan>().PlanAsync(teammateId, cancellationToken);
                deliveries.Set();
            }
        }
        catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException)
        {
            // The next look comes in a second.
            LogFailed(e.GetType().Name);
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The Portal stops.
        }

        return more;
    }

    private async Task<List<string>> BehindAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DeliveryPlan>().BehindAsync(cancellationToken);
    }

    [LoggerMessage(EventName = "webhook.plan_failed", Level = LogLevel.Warning, Message = "Events could not be made into deliveries ({Failure})")]
    private partial void LogFailed(string failure);
}
