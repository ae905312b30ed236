namespace AImetier.Portal.Security;

/// <summary>Adds hashing and the rules of response headers to the container.</summary>
public static class SecurityServices
{
    /// <summary>Adds the Argon2id hasher with its validated cost, and the headers.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<Argon2Options>().BindConfiguration(Argon2Options.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHeaderPolicies();
        return services.AddSingleton<Argon2Hasher>();
    }
}
