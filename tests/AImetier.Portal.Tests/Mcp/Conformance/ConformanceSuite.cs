using System.Text.Json;
using AImetier.Portal.Tests.Host;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>Runs the server scenarios of the npm package <c>@modelcontextprotocol/conformance</c> against an address.</summary>
internal static class ConformanceSuite
{
    /// <summary>The released suite.</summary>
    public const string Released = "../@modelcontextprotocol/conformance/dist/index.js";

    /// <summary>The one that is coming, which knows revision 2026-07-28.</summary>
    public const string Next = "../mcp-conformance-next/dist/index.js";

    private const int StampLength = 25;

    /// <summary>Runs all scenarios of a revision.</summary>
    /// <returns>Every check by scenario.</returns>
    public static async Task<ILookup<string, Check>> RunAsync(string suite, string? revision, string address)
    {
        var results = Directory.CreateTempSubdirectory("mcp-conformance-");
        try
        {
            string[] arguments = ["server", "--url", address, "--suite", "all", "--output-dir", results.FullName, .. revision is null ? Array.Empty<string>() : ["--spec-version", revision]];
            var (_, output) = await NodeTool.RunAsync(suite, arguments);
            var checks = results.GetDirectories("server-*").SelectMany(folder => Read(folder, "server-".Length)).ToLookup(check => check.Scenario, StringComparer.Ordinal);
            return checks.Count > 0 ? checks : throw new InvalidOperationException(output);
        }
        finally
        {
            results.Delete(recursive: true);
        }
    }

    private static IEnumerable<Check> Read(DirectoryInfo folder, int prefix)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "checks.json")));
        var scenario = folder.Name[prefix..^StampLength];
        return [.. file.RootElement.EnumerateArray().Select(check => new Check(
            scenario,
            check.GetProperty("id").GetString()!,
            check.GetProperty("status").GetString()!,
            check.TryGetProperty("errorMessage", out var message) ? message.GetString() : null))];
    }
}
