using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Adds outgoing webhooks to the container.</summary>
public static class WebhookServices
{
    /// <summary>Adds endpoints, their log, what plans, sends, resends and forgets deliveries, and what ends with a teammate.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookFormCheck>();
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton<WebhookPost>();
        services.AddScoped<WebhookService>();
        services.AddScoped<WebhookLog>();
        services.AddScoped<WebhookResending>();
        services.AddScoped<SignatureInspector>();
        services.AddScoped<WebhookTroubles>();
        services.AddScoped<DeliveryPlan>().AddHostedService<DeliveryPlanner>();
        services.AddScoped<DeliveryStore>().AddScoped<EndpointFailures>().AddScoped<DeliveryTurn>().AddHostedService<DeliverySender>();
        services.AddScoped<ResendWork>().AddHostedService<ResendWorker>();
        services.AddHostedService<ForgettingDeliveries>();
        return services.AddScoped<ITeammateDependent, TeammateWebhooks>();
    }
}
