using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Events;

/// <summary>Forgets events after their 30 days.</summary>
/// <param name="scopes">Makes the scope of each look.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed class ForgettingEvents(IServiceScopeFactory scopes, TimeProvider time, ILogger<ForgettingEvents> logger) : HourlyForgetting(time, logger)
{
    /// <inheritdoc/>
    protected override async Task ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var oldest = now - EventReader.Kept;
        await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<OutboxEvent>().IgnoreQueryFilters()
            .Where(row => row.At < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}
