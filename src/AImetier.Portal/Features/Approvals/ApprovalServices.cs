using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Approvals;

/// <summary>Adds approvals to the container.</summary>
public static class ApprovalServices
{
    /// <summary>Adds asking, deciding, sending and what ends with a teammate.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.AddScoped<ApprovalService>();
        services.AddScoped<ApprovalReader>();
        services.AddScoped<ApprovalChanges>();
        services.AddScoped<ApprovalSender>();
        services.AddScoped<ApprovalEnding>();
        services.AddScoped<WaitingOfSoftware>();
        services.AddScoped<ITeammateDependent>(provider => provider.GetRequiredService<ApprovalEnding>());
        return services.AddHostedService<ApprovalWorker>();
    }
}
