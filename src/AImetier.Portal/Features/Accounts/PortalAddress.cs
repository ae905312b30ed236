using AImetier.Portal.Data;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.Accounts;

/// <summary>The address printed on the console: the public one, else one the server is bound to, else the configured one.</summary>
/// <param name="options">The public address.</param>
/// <param name="server">The server, started or not.</param>
/// <param name="configuration">Configured addresses.</param>
public sealed class PortalAddress(IOptions<PortalOptions> options, IServer server, IConfiguration configuration)
{
    /// <summary>The address without a final slash.</summary>
    public string Value
    {
        get
        {
            if (options.Value.PublicUrl is { } publicUrl)
                return publicUrl.TrimEnd('/');
            var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
            var address = BindingAddress.Parse(bound ?? configuration["urls"]?.Split(';')[0] ?? "http://localhost:5080");
            var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
            return $"{address.Scheme}://{host}:{address.Port}";
        }
    }
}
