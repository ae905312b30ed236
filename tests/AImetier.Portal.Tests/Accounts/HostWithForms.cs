using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Accounts;

/// <summary>A Portal with two more routes: a form that asks for a fresh proof, and a page for admins.</summary>
public sealed class HostWithForms : PortalHost
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddControllers().AddApplicationPart(typeof(HostWithForms).Assembly));
    }
}
