using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Works on resendings, whichever process they were asked for in, until none is left; then it looks every second, and when this process has new deliveries.</summary>
/// <param name="scopes">Makes the scope of each part.</param>
/// <param name="signal">Wakes the sender, and this.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class ResendWorker(IServiceScopeFactory scopes, DeliverySignal signal, TimeProvider time, ILogger<ResendWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            if (await WorkAsync(stoppingToken))
            {
                signal.Set();
                continue;
            }

            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(next, Task.Delay(Pause, time, wait.Token));
            await wait.CancelAsync();
        }
    }

    private async Task<bool> WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<ResendWork>().RunAsync(cancellationToken);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException)
        {
            // The next look comes in a second.
            LogFailed(e.GetType().Name);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The Portal stops.
        }

        return false;
    }

    [LoggerMessage(EventName = "webhook.resend_failed", Level = LogLevel.Warning, Message = "Deliveries could not be put back into the queue ({Failure})")]
    private partial void LogFailed(string failure);
}
