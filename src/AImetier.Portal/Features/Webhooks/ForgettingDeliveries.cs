using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Forgets deliveries after their 30 days, and everything of endpoints that were removed; a part at a time.</summary>
/// <param name="scopes">Makes the scope of each part.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class ForgettingDeliveries(IServiceScopeFactory scopes, TimeProvider time, ILogger<ForgettingDeliveries> logger) : HourlyForgetting(time, logger)
{
    private const int MostAtOnce = 500;

    /// <inheritdoc/>
    protected override async Task ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - WebhookDelivery.Kept;
        foreach (var (endpointId, removed, stopped) in await EndpointsAsync(cancellationToken))
        {
            foreach (var state in Enum.GetValues<DeliveryState>())
            {
                // What an endpoint that is on has yet to be sent is not forgotten, however late it is.
                if (state == DeliveryState.Pending && !stopped)
                    continue;
                while (await ForgetAsync(endpointId, state, removed ? DateTimeOffset.MaxValue : oldest, cancellationToken) == MostAtOnce)
                {
                }
            }

            if (removed)
                await ForgetAsync(endpointId, cancellationToken);
        }

        await using var scope = scopes.CreateAsyncScope();
        await Db(scope).Set<WebhookResend>().IgnoreQueryFilters().Where(row => row.RequestedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<List<(string Id, bool Removed, bool Stopped)>> EndpointsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await Db(scope).Set<WebhookEndpoint>().IgnoreQueryFilters()
            .Select(row => new { row.Id, Removed = row.RemovedAt != null, Stopped = row.RemovedAt != null || row.PausedAt != null || row.DisabledAt != null })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Id, row.Removed, row.Stopped))];
    }

    private async Task<int> ForgetAsync(string endpointId, DeliveryState state, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var deliveries = Db(scope).Set<WebhookDelivery>().IgnoreQueryFilters();
        var ids = await deliveries.Where(row => row.EndpointId == endpointId && row.State == state && row.CreatedAt < before)
            .OrderBy(row => row.CreatedAt).Take(MostAtOnce).Select(row => row.Id).ToListAsync(cancellationToken);
        return await deliveries.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task ForgetAsync(string endpointId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Db(scope).Set<WebhookEndpoint>().IgnoreQueryFilters().Where(row => row.Id == endpointId).ExecuteDeleteAsync(cancellationToken);
    }

    private static PortalDbContext Db(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<PortalDbContext>();
}
