namespace AImetier.Portal.Features.Developer;

/// <summary>Adds Settings &gt; Developer to the container.</summary>
public static class DeveloperServices
{
    /// <summary>Adds what the page needs.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddDeveloper(this IServiceCollection services) =>
        services.AddScoped<DeveloperPage>().AddScoped<WebhookPages>().AddScoped<HookPages>().AddScoped<McpSectionReader>();
}
