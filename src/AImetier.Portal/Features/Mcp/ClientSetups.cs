using System.Globalization;
using System.Text;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Mcp;

/// <summary>Ready texts for MCP clients.</summary>
public static class ClientSetups
{
    /// <summary>Variable of the environment that holds the key, in every text.</summary>
    public const string Variable = "AIMETIER_API_KEY";

    private const int LongestName = 32;

    /// <summary>What clients call the server: <c>aimetier-</c> and the teammate's name in letters and digits that every client takes.</summary>
    /// <param name="teammate">The teammate.</param>
    public static string ServerName(Teammate teammate)
    {
        var name = new StringBuilder();
        foreach (var letter in teammate.Name.Normalize(NormalizationForm.FormD).Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark))
        {
            if (char.IsAsciiLetterOrDigit(letter))
                name.Append(char.ToLowerInvariant(letter));
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        var words = name.ToString();
        words = words[..Math.Min(words.Length, LongestName)].Trim('-');
        return "aimetier-" + (words.Length > 0 ? words : teammate.Id[^6..]);
    }

    /// <summary>The texts.</summary>
    /// <param name="name">Of <see cref="ServerName"/>.</param>
    /// <param name="address">Absolute address of the door.</param>
    public static IReadOnlyList<ClientSetup> For(string name, string address) =>
    [
        new("claude-code", "Claude Code", ".mcp.json", InJson("mcpServers", name, address, $"${{{Variable}}}", typed: true)),
        new("cursor", "Cursor", ".cursor/mcp.json", InJson("mcpServers", name, address, $"${{env:{Variable}}}", typed: false)),
        new("vs-code", "VS Code", ".vscode/mcp.json", InJson("servers", name, address, $"${{env:{Variable}}}", typed: true)),
        new("codex", "Codex", "~/.codex/config.toml", $"[mcp_servers.{name}]\nurl = \"{address}\"\nbearer_token_env_var = \"{Variable}\""),
        new("inspector", "MCP Inspector", "sh", $"npx @modelcontextprotocol/inspector --cli {address} --transport http \\\n  --header \"Authorization: Bearer ${Variable}\" \\\n  --method tools/list"),
        new("csharp", "C# SDK", "ModelContextProtocol", CSharp(name, address)),
        new("typescript", "TypeScript SDK", "@modelcontextprotocol/sdk", TypeScript(name, address)),
    ];

    private static string InJson(string section, string name, string address, string variable, bool typed) =>
        $$"""
        {
          "{{section}}": {
            "{{name}}": {{{(typed ? "\n      \"type\": \"http\"," : "")}}
              "url": "{{address}}",
              "headers": { "Authorization": "Bearer {{variable}}" }
            }
          }
        }
        """;

    private static string CSharp(string name, string address) =>
        $$"""
        using ModelContextProtocol.Client;
        using ModelContextProtocol.Protocol;

        await using var teammate = await McpClient.CreateAsync(new HttpClientTransport(new()
        {
            Name = "{{name}}",
            Endpoint = new Uri("{{address}}"),
            AdditionalHeaders = new Dictionary<string, string>
            {
                ["Authorization"] = $"Bearer {Environment.GetEnvironmentVariable("{{Variable}}")}",
            },
        }));
        var answer = await teammate.CallToolAsync("ask_teammate", new Dictionary<string, object?> { ["text"] = "Draft a welcome note for new customers." });
        Console.WriteLine(string.Join("\n\n", answer.Content.OfType<TextContentBlock>().Select(block => block.Text)));
        """;

    private static string TypeScript(string name, string address) =>
        $$"""
        import { Client } from "@modelcontextprotocol/sdk/client/index.js";
        import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

        const teammate = new Client({ name: "{{name}}-client", version: "1.0.0" });
        await teammate.connect(new StreamableHTTPClientTransport(new URL("{{address}}"), {
          requestInit: { headers: { Authorization: `Bearer ${process.env.{{Variable}}}` } },
        }));
        const answer = await teammate.callTool({ name: "ask_teammate", arguments: { text: "Draft a welcome note for new customers." } });
        console.log(answer.content.map((block) => block.text).join("\n\n"));
        await teammate.close();
        """;
}
