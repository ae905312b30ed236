using System.Net;
using AImetier.Portal.Data;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace AImetier.Portal.Security;

/// <summary>At which addresses the Portal may be reached: it never goes beyond this machine without being told how.</summary>
/// <remarks>RFC 9110, section 7.2 (Host); OWASP Transport Layer Security Cheat Sheet.</remarks>
public static class AddressRules
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Adds the accepted host names and the trusted proxies.</summary>
    /// <param name="services">The container.</param>
    public static IServiceCollection AddAddressRules(this IServiceCollection services)
    {
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<HostFilteringOptions>().Configure<IOptions<PortalOptions>>((filter, portal) =>
            filter.AllowedHosts = portal.Value.PublicUrl is { } address ? [new Uri(address).Host, .. Loopback] : [.. Loopback]);
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((forwarded, proxies) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in proxies.Value.Trusted)
                forwarded.KnownIPNetworks.Add(IPNetwork.Parse(network));
        });
        return services;
    }

    /// <summary>Takes over what trusted proxies forward; without any, the headers mean nothing. First in the pipeline.</summary>
    /// <param name="app">The pipeline.</param>
    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted.Count > 0)
            app.UseForwardedHeaders();
    }

    /// <summary>Refuses to start on an address that is open to others without a public address, or without encryption nobody asked to leave out.</summary>
    /// <param name="app">The application, before it listens.</param>
    /// <exception cref="PortalStartException">Names the setting that is missing.</exception>
    public static void ProveAddresses(this WebApplication app)
    {
        var portal = app.Services.GetRequiredService<IOptions<PortalOptions>>().Value;
        var proxies = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value;
        foreach (var address in Configured(app.Configuration).Where(address => !IsLoopback(address.Host)))
        {
            if (portal.PublicUrl is null)
                throw new PortalStartException($"Portal:PublicUrl is needed: '{address}' can be reached from other machines, and links and accepted host names depend on it");
            var plain = string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase);
            if (plain && proxies.Trusted.Count == 0 && !portal.AllowPlainHttp)
                throw new PortalStartException($"'{address}' is plain http: name the proxy that does https in Proxies:Trusted, or set Portal:AllowPlainHttp=true to send passwords and keys unencrypted");
        }
    }

    /// <summary>Whether people come by https through a proxy that has not been named: everybody then counts as one source.</summary>
    /// <param name="app">The application.</param>
    public static bool MissesItsProxy(this WebApplication app) =>
        app.Services.GetRequiredService<IOptions<PortalOptions>>().Value.PublicUrl?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true
        && app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted.Count == 0
        && Configured(app.Configuration).All(address => string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<BindingAddress> Configured(IConfiguration configuration)
    {
        var urls = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var ports = (configuration["http_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(port => $"http://*:{port}");
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>();
        return urls.Concat(urls.Length == 0 ? ports : []).Concat(endpoints).Select(BindingAddress.Parse);
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
