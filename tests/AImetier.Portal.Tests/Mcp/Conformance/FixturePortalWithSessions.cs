using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.AspNetCore;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>The same with sessions, for scenarios in which the server asks its client in the middle of a call.</summary>
public sealed class FixturePortalWithSessions : FixturePortal
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services
            .Configure<HttpServerTransportOptions>(transport => transport.SessionMode = HttpServerSessionMode.StatefulForInitializeClients)
            .AddSingleton<IAuthorizationMiddlewareResultHandler, NamedUsers>());
    }
}
