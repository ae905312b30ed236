namespace AImetier.Portal.Features.Teammates;

/// <summary>Adds teammates to the container.</summary>
public static class TeammateServices
{
    /// <summary>Adds the directory and the service.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddTeammates(this IServiceCollection services) =>
        services.AddScoped<TeammateDirectory>().AddScoped<TeammateService>();
}
