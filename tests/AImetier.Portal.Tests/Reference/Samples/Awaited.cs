using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Reference.Samples;

/// <summary>Samples of doors that come with another change: they run as soon as their address exists.</summary>
internal static class Awaited
{
    private static readonly Dictionary<string, string> Doors = new(StringComparer.Ordinal)
    {
        ["mcp"] = "/mcp",
        ["incoming"] = "/api/v1/teammates/{id}/hooks/{hookId}",
    };

    /// <summary>Whether what the sample calls is there.</summary>
    public static bool IsThere(Fence sample, PortalHost portal) =>
        !Doors.TryGetValue(sample.Topic, out var door)
        || portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Any(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/') == door);
}
