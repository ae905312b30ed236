using AImetier.Portal.Features.Mcp;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Developer;

/// <summary>Gathers what the section about MCP shows.</summary>
/// <param name="clients">The clients seen.</param>
/// <param name="time">The clock.</param>
public sealed class McpSectionReader(SeenClients clients, TimeProvider time)
{
    /// <summary>The section for a teammate.</summary>
    /// <param name="teammate">A teammate of this workspace.</param>
    /// <param name="request">The request, for the address of this installation.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<McpSection> ReadAsync(Teammate teammate, HttpRequest request, CancellationToken cancellationToken)
    {
        var address = request.PublicAddress(McpEndpoints.Path);
        return new McpSection(
            teammate,
            address,
            ClientSetups.For(ClientSetups.ServerName(teammate), address),
            await clients.ListAsync(teammate.Id, cancellationToken),
            time.GetUtcNow());
    }
}
