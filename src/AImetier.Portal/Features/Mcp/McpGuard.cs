using AImetier.Portal.Data;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace AImetier.Portal.Features.Mcp;

/// <summary>
/// Refuses what a page of another site has a browser send to the MCP address, also under a name of its own that it points at this machine. It
/// stands in front of everything else, the framework's host filtering too, which would say 400 where MCP wants 403.
/// </summary>
/// <param name="hosts">Accepted host names.</param>
/// <param name="portal">The public address.</param>
/// <remarks>Model Context Protocol, "Streamable HTTP", Security: DNS rebinding. RFC 6454 for <c>Origin</c>.</remarks>
public sealed class McpGuard(IOptions<HostFilteringOptions> hosts, IOptions<PortalOptions> portal) : IStartupFilter
{
    private readonly List<StringSegment> _hosts = [.. hosts.Value.AllowedHosts.Select(host => new StringSegment(host))];
    private readonly string? _publicOrigin = portal.Value.PublicUrl is { } address ? new Uri(address).GetLeftPart(UriPartial.Authority) : null;

    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.MapWhen(IsForeign, refused =>
        {
            refused.UseRequestIds();
            refused.UsePortalSecurityHeaders();
            refused.Run(ApiProblem.Of("foreign_origin", "This address is for programs that send no Origin, under the Portal's own host name. Web pages of other sites may not call it.").ExecuteAsync);
        });
        next(app);
    };

    private bool IsForeign(HttpContext context) =>
        context.Request.Path.StartsWithSegments(McpEndpoints.Path, StringComparison.OrdinalIgnoreCase)
        && (!HostString.MatchesAny(context.Request.Host.Host, _hosts) || !IsOwn(context.Request.Headers.Origin, context.Request));

    private bool IsOwn(StringValues origins, HttpRequest request) =>
        origins.Count == 0
        || (origins is [{ } origin]
            && (string.Equals(origin, _publicOrigin, StringComparison.OrdinalIgnoreCase)
                || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)));
}
