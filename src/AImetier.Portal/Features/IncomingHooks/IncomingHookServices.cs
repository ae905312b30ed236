using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Adds incoming hooks to the container.</summary>
public static class IncomingHookServices
{
    /// <summary>Adds taking what is sent, what admins do with hooks, and what ends with a teammate.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddIncomingHooks(this IServiceCollection services)
    {
        services.AddSingleton<HookSecrets>();
        services.AddSingleton<HookProofCheck>();
        services.AddSingleton<HookAnswers>();
        services.AddSingleton<HookRefusals>();
        services.AddHostedService(provider => provider.GetRequiredService<HookRefusals>());
        services.AddScoped<HookIntake>();
        services.AddScoped<IncomingHookService>();
        services.AddScoped<IncomingHookReader>();
        services.AddScoped<IHookRecheck, HookRecheck>();
        return services.AddScoped<ITeammateDependent, TeammateHooks>();
    }
}
