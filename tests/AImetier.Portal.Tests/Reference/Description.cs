using System.Text.Json.Nodes;
using AImetier.Portal.Tests.Host;

namespace AImetier.Portal.Tests.Reference;

/// <summary>The API's description as a Portal serves it, and its snapshot.</summary>
public static class Description
{
    /// <summary>Stands for the Portal's address in the snapshot.</summary>
    public const string Address = "https://portal.bakery.test";

    /// <summary>The snapshot, in the source.</summary>
    public static string SnapshotPath { get; } = Path.Combine(NodeTool.Repository, "tests/AImetier.Portal.Tests/Reference/openapi.v1.json");

    /// <summary>The description's text with <see cref="Address"/> in place of the Portal's.</summary>
    public static async Task<string> ReadAsync(PortalHost portal)
    {
        using var client = portal.Client();
        var text = await client.GetStringAsync("/openapi/v1.json");
        return text.Replace(portal.Address.ToString().TrimEnd('/'), Address, StringComparison.Ordinal).ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    /// <summary>The description as JSON.</summary>
    public static async Task<JsonNode> ParseAsync(PortalHost portal) => JsonNode.Parse(await ReadAsync(portal))!;
}
