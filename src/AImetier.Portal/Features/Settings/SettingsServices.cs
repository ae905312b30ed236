using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.Settings;

/// <summary>Adds Settings to the container.</summary>
public static class SettingsServices
{
    /// <summary>Adds the reader of the activity log, the service behind General, and the time zone of every page.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddSettings(this IServiceCollection services)
    {
        services.Configure<MvcOptions>(mvc => mvc.Filters.Add<WorkspaceZone>());
        return services.AddScoped<ActivityReader>().AddScoped<ActivityWords>().AddScoped<ActivityFile>().AddScoped<GeneralService>().AddScoped<AskBeforeSendingService>();
    }
}
