using System.Reflection;
using ModelContextProtocol.Protocol;

namespace AImetier.Portal.Features.Mcp;

/// <summary>Adds MCP to the container.</summary>
public static class McpServices
{
    private static readonly string Version = typeof(McpServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Adds the server with its tools, its guard, and the memory of the clients seen.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddMcpDoor(this IServiceCollection services)
    {
        services.AddMcpServer(server => server.ServerInfo = new Implementation { Name = "aimetier-portal", Title = "AImetier Portal", Version = Version })
            .WithHttpTransport(transport => transport.ConfigureSessionOptions = McpCall.ConfigureAsync)
            .WithTools(TeammateTools.All)
            .WithRequestFilters(filters => filters.AddCallToolFilter(ToolFailures.Filter).AddCallToolFilter(ArgumentCheck.Filter));

        services.AddScoped<AskWait>();
        services.AddScoped<SeenClients>();
        services.AddSingleton<ClientSightings>();
        services.AddHostedService(provider => provider.GetRequiredService<ClientSightings>());

        // First of all startup filters: the framework adds host filtering with one.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, McpGuard>());
        return services;
    }
}
