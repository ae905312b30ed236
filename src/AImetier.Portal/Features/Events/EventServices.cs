namespace AImetier.Portal.Features.Events;

/// <summary>Adds the outbox to the container.</summary>
public static class EventServices
{
    /// <summary>Adds the publisher.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddEvents(this IServiceCollection services) => services.AddScoped<EventPublisher>();
}
