using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AImetier.Portal.Features.Events;

/// <summary>Adds the outbox to the container.</summary>
public static class EventServices
{
    /// <summary>Adds the publisher, the reader and what tells of new events.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddScoped<EventPublisher>();
        services.AddScoped<EventReader>();
        services.AddSingleton<EventSignal>();
        services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<EventSignal>());
        services.AddSingleton<EventPulse>();
        services.AddHostedService(provider => provider.GetRequiredService<EventPulse>());
        return services.AddHostedService<ForgettingEvents>();
    }
}
