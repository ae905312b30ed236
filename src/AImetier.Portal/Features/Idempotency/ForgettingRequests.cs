using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Idempotency;

/// <summary>Forgets remembered requests after their 24 hours.</summary>
/// <param name="scopes">Makes the scope of each look.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class ForgettingRequests(IServiceScopeFactory scopes, TimeProvider time, ILogger<ForgettingRequests> logger) : HourlyForgetting(time, logger)
{
    /// <inheritdoc/>
    protected override async Task ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var oldest = now - IdempotentRequest.Lifetime;
        await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<IdempotentRequest>().IgnoreQueryFilters()
            .Where(request => request.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}
