using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.Mcp;

/// <summary>The door for MCP clients: the keys, rules and rows of the API, as tools that a model calls.</summary>
/// <remarks>Model Context Protocol 2026-07-28, "Streamable HTTP", and the revisions that begin with <c>initialize</c>. Other verbs than POST are answered by routing: 405 with <c>Allow: POST</c>.</remarks>
public static class McpEndpoints
{
    /// <summary>Where the door is.</summary>
    public const string Path = "/mcp";

    /// <summary>Maps <c>POST /mcp</c>.</summary>
    /// <param name="routes">The application.</param>
    public static void MapMcpDoor(this IEndpointRouteBuilder routes) =>
        routes.MapMcp(Path).RequireAuthorization(Policies.Key).WithMetadata(new RequestSizeLimitAttribute(JsonBody.Longest)).Add(endpoint =>
        {
            var sdk = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => McpEnvelope.CheckAsync(context, sdk);
        });
}
