namespace AImetier.Portal.Features.Activity;

/// <summary>Adds the activity log to the container.</summary>
public static class ActivityServices
{
    /// <summary>Adds the writer.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddActivity(this IServiceCollection services) => services.AddScoped<ActivityLog>();
}
