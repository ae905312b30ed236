namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>Adds Needs attention to the container.</summary>
public static class AttentionServices
{
    /// <summary>Adds the pages, the count and the e-mails that say that something waits or does not work.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddNeedsAttention(this IServiceCollection services)
    {
        services.AddScoped<AttentionReader>();
        services.AddScoped<AttentionPages>();
        services.AddScoped<OutcomeWords>();
        services.AddScoped<WaitingNotice>();
        services.AddScoped<WebhookNotice>();
        return services.AddHostedService<WaitingNotices>();
    }
}
