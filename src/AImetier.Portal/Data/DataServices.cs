using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AImetier.Portal.Data;

/// <summary>Adds the database to the container.</summary>
public static class DataServices
{
    /// <summary>Adds options, context, migration and the data directory. The context gets every <see cref="IInterceptor"/> that features add.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddData(this IServiceCollection services)
    {
        services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<DataDirectory>();
        services.AddSingleton<DatabaseConnection>();
        services.AddSingleton<DatabaseStart>();
        services.AddSingleton<SqlitePragmas>();
        services.AddScoped<CurrentWorkspace>();

        // The options are the same for every scope; made anew for each they cost more than most queries.
        services.AddDbContext<PortalDbContext>(
            (provider, options) => options
                .UseSqlite(provider.GetRequiredService<DatabaseConnection>().ConnectionString)
                .AddInterceptors([provider.GetRequiredService<SqlitePragmas>(), .. provider.GetServices<IInterceptor>()]),
            optionsLifetime: ServiceLifetime.Singleton);
        return services;
    }
}

