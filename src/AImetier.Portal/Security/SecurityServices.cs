namespace AImetier.Portal.Security;

/// <summary>Adds hashing to the container.</summary>
public static class SecurityServices
{
    /// <summary>Adds the Argon2id hasher and its validated cost.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<Argon2Options>().BindConfiguration(Argon2Options.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<Argon2Hasher>();
    }
}
