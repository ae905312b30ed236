using AImetier.Portal.Features.Mcp;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Developer;

/// <summary>The third section of the page: how MCP clients reach the picked teammate, and which have.</summary>
/// <param name="Teammate">The picked teammate.</param>
/// <param name="Address">Absolute address of the door.</param>
/// <param name="Setups">Ready texts by client.</param>
/// <param name="Seen">Clients seen, the last first.</param>
/// <param name="Now">When the list was read.</param>
public sealed record McpSection(Teammate Teammate, string Address, IReadOnlyList<ClientSetup> Setups, IReadOnlyList<SeenClientRow> Seen, DateTimeOffset Now)
{
    /// <summary>Where the page's script fetches the current clients.</summary>
    public string LiveAddress => $"/settings/developer/mcp?teammate={Teammate.Id}";

    /// <summary>Whole seconds since a client was seen, within the first minute; later the page counts in minutes.</summary>
    /// <param name="at">When it was seen.</param>
    public int? SecondsSince(DateTimeOffset at) => Now - at < TimeSpan.FromMinutes(1) ? Math.Max(0, (int)(Now - at).TotalSeconds) : null;
}
