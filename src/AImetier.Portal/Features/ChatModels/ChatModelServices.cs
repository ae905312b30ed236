using Microsoft.Extensions.AI;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>Adds the model to the container.</summary>
public static class ChatModelServices
{
    /// <summary>Adds the practice model behind <see cref="IChatClient"/>, the only seam.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddChatModels(this IServiceCollection services) => services
        .AddSingleton(ModelInfo.Practice)
        .AddSingleton<IChatClient, PracticeChatClient>();
}
