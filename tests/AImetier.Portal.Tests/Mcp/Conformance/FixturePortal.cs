using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>The Portal with what the conformance suite wants to find on a server, beside its own tools: the same pipeline, keys, guard and limits.</summary>
public class FixturePortal : PortalHost
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddMcpServer()
            .WithTools<ContentTools>()
            .WithTools<StreamingTools>()
            .WithTools<ClientTools>()
            .WithTools(RoundTrips.Tools)
            .WithTools([SchemaTool.Create()])
            .WithPrompts<FixturePrompts>()
            .WithPrompts([RoundTrips.Prompt()])
            .WithResources<FixtureResources>()
            .WithCompleteHandler((_, _) => new(new CompleteResult { Completion = new Completion { Values = ["paris", "park", "party"] } }))
            .WithSubscribeToResourcesHandler((_, _) => new(new EmptyResult()))
            .WithUnsubscribeFromResourcesHandler((_, _) => new(new EmptyResult())));
    }
}
