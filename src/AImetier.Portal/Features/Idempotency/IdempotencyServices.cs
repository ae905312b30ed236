namespace AImetier.Portal.Features.Idempotency;

/// <summary>Adds the memory of repeatable requests to the container.</summary>
public static class IdempotencyServices
{
    /// <summary>Adds the memory and its forgetting.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddIdempotency(this IServiceCollection services) =>
        services.AddScoped<RequestMemory>().AddHostedService<ForgettingRequests>();
}
