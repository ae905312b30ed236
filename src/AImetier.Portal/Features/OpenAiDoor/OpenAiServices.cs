namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>Adds the OpenAI-compatible door to the container.</summary>
public static class OpenAiServices
{
    /// <summary>Adds its answers.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddOpenAiDoor(this IServiceCollection services)
    {
        services.AddScoped<CompletionAnswers>();
        return services.AddScoped<StreamedCompletion>();
    }
}
