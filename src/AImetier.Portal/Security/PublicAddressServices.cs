using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AImetier.Portal.Security;

/// <summary>Adds the way out for webhooks.</summary>
public static class PublicAddressServices
{
    /// <summary>Adds the guard, its validated settings and the HTTP client <see cref="PublicAddressHandler.ClientName"/>.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddPublicAddresses(this IServiceCollection services)
    {
        services.AddOptions<PublicAddressOptions>().BindConfiguration(PublicAddressOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<IHostNames, SystemHostNames>();
        services.AddSingleton<PublicAddressGuard>();
        services.AddTransient<PublicAddressHandler>();

        // The handler has its own limits, and makes its connections anew now and then. Loggers would write addresses, which may hold secrets.
        services.AddHttpClient(PublicAddressHandler.ClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler<PublicAddressHandler>()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }
}
