using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>Adds the model to the container.</summary>
public static class ChatModelServices
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Adds the model behind <see cref="IChatClient"/>, the only seam: the live one where it is configured, else the practice model.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddChatModels(this IServiceCollection services)
    {
        services.AddOptions<ModelOptions>().BindConfiguration(ModelOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => ModelInfo.Of(provider.GetRequiredService<IOptions<ModelOptions>>().Value));
        services.AddTransient<ModelConnection>();
        services.AddHttpClient(LiveChatClient.HttpName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(Network)
            .AddHttpMessageHandler<ModelConnection>()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services.AddSingleton<IChatClient>(provider => provider.GetRequiredService<IOptions<ModelOptions>>().Value.IsLive
            ? ActivatorUtilities.CreateInstance<LiveChatClient>(provider)
            : ActivatorUtilities.CreateInstance<PracticeChatClient>(provider));
    }

    // The key goes to the configured server and nowhere else: no redirects, no proxy of the environment, no cookies. Connections are made anew
    // now and then, because the client lives as long as the Portal and the server's address may change.
    private static SocketsHttpHandler Network() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
    };
}
