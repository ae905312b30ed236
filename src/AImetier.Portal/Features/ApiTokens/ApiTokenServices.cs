using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization.Policy;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Adds keys to the container and the pipeline.</summary>
public static class ApiTokenServices
{
    /// <summary>Adds the services, the bearer scheme, its policy and the limits.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddApiTokens(this IServiceCollection services)
    {
        services.AddOptions<KeyRateOptions>().BindConfiguration(KeyRateOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TokenRowReader>();
        services.AddSingleton(_ => new VerifiedTokenCache());
        services.AddSingleton<TokenHashingGate>();
        services.AddSingleton<GuessBudget>();
        services.AddSingleton<TokenProver>();
        services.AddSingleton<TokenVerifier>();
        services.AddSingleton<KeyDoor>();
        services.AddSingleton<KeyWatch>();
        services.AddSingleton<RevocationJournal>();
        services.AddSingleton<KeyRateLimit>();
        services.AddSingleton<LastUsedStamper>();
        services.AddSingleton<RefusalCounter>();
        services.AddHostedService(provider => provider.GetRequiredService<LastUsedStamper>());
        services.AddHostedService(provider => provider.GetRequiredService<RefusalCounter>());
        services.AddScoped<TokenRevoker>();
        services.AddScoped<TokenService>();
        services.AddScoped<KeyRecheck>();
        services.AddScoped<ITeammateDependent, TeammateTokens>();

        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, BearerTokenHandler>(Policies.KeyScheme, null);

        services.AddAuthorizationBuilder().AddPolicy(Policies.Key, policy => policy.AddRequirements(new KeyRequirement()));
        services.AddSingleton<IPolicyEvaluator, KeyPolicyEvaluator>();
        return services;
    }

    /// <summary>Identifies the keys of requests to programs' addresses. Before authorization.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UseKeys(this IApplicationBuilder app)
    {
        var door = app.ApplicationServices.GetRequiredService<KeyDoor>();
        return app.Use(next => context => door.InvokeAsync(context, next));
    }

    /// <summary>Limits requests of keys. After authorization.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UseKeyRateLimit(this IApplicationBuilder app)
    {
        var limit = app.ApplicationServices.GetRequiredService<KeyRateLimit>();
        return app.Use(next => context => limit.InvokeAsync(context, next));
    }

    /// <summary>Revokes again what the journal says and a restored database does not. Once, before the first request.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task ReapplyRevocationsAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TokenRevoker>().ReapplyAsync(cancellationToken);
    }
}
