using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Adds outgoing webhooks to the container.</summary>
public static class WebhookServices
{
    /// <summary>Adds endpoints, their log, and what ends with a teammate.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookFormCheck>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<DeliverySignal>();
        services.AddScoped<WebhookService>();
        services.AddScoped<WebhookLog>();
        return services.AddScoped<ITeammateDependent, TeammateWebhooks>();
    }
}
