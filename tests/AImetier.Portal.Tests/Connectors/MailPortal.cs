using System.Globalization;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Connectors;

/// <summary>A Portal that trusts the root of this run beside the machine's own.</summary>
public sealed class MailPortal : PortalHost
{
    /// <summary>The mail server of a workspace, or null.</summary>
    public Task<EmailConnector?> ConnectorAsync(string workspaceId) => InScopeAsync(
        services => services.GetRequiredService<PortalDbContext>().Set<EmailConnector>().AsNoTracking().SingleOrDefaultAsync(), workspaceId);

    /// <summary>The form that connects a server, good in every field.</summary>
    public static Dictionary<string, string> Form(TestSmtpServer server) => new(StringComparer.Ordinal)
    {
        ["Host"] = "localhost",
        ["Port"] = server.Port.ToString(CultureInfo.InvariantCulture),
        ["Tls"] = server.Tls.ToString(),
        ["UserName"] = server.User ?? "",
        ["Password"] = server.User is null ? "" : server.Password,
        ["FromAddress"] = "mail@bakery.test",
        ["FromName"] = "The Bakery",
    };

    /// <summary>A new workspace with its owner signed in.</summary>
    public async Task<(PortalBrowser Browser, TestPerson Person)> OwnerAsync()
    {
        var person = await this.AddWorkspaceAsync();
        return (await new PortalBrowser(this).SignInAsync(person), person);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton(new MailTrust(TestCertificates.Root)));
    }
}
