namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>Adds Needs attention to the container.</summary>
public static class AttentionServices
{
    /// <summary>Adds the pages, the count and the e-mail that says that something waits.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddNeedsAttention(this IServiceCollection services)
    {
        services.AddScoped<AttentionReader>();
        services.AddScoped<AttentionPages>();
        services.AddScoped<OutcomeWords>();
        services.AddScoped<WaitingNotice>();
        return services.AddHostedService<WaitingNotices>();
    }
}
