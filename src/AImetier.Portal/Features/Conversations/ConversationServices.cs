using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Adds conversations to the container.</summary>
public static class ConversationServices
{
    /// <summary>Adds asking, its limits, Chat, and what ends with a teammate.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddOptions<WorkLimitOptions>().BindConfiguration(WorkLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<AskAccess>();
        services.AddScoped<WorkLimits>();
        services.AddScoped<ConversationService>();
        services.AddScoped<ConversationReader>();
        services.AddScoped<AskAnswers>();
        services.AddScoped<StreamedAsk>();
        services.AddScoped<ChatReader>();
        services.AddScoped<ChatKeeper>();
        services.AddScoped<ChatStarts>();
        services.AddScoped<ReplyFollower>();
        services.AddScoped<AskPrompt>();
        services.AddScoped<AskWork>();
        services.AddScoped<ReplyEnding>();
        services.AddScoped<ITeammateDependent, RunningAsks>();
        services.AddSingleton<ToolCallingModel>();
        services.AddSingleton<AskWatch>();
        services.AddSingleton<AskRunner>();
        return services.AddHostedService<LeftoverReplies>();
    }
}
