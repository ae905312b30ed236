using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.LoadTests.Driving;
using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.LoadTests.Reporting;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>What the protocol costs: reading a list of one conversation as a call of a tool, and as JSON over the API, against one server, in bursts by turns.</summary>
internal sealed class McpScenario : IScenario
{
    private const double Goal = 0.5;
    private const int Connections = 16;
    private const int Keys = 4;
    private const string Tool = "list_conversations";

    public string Name => "mcp";

    public string Summary => "tools/call of a trivial read ÷ the same read over JSON, requests/s";

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        var rounds = options.Quick ? 2 : 11;
        var burst = options.Quick ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromSeconds(1.5);
        var warmUp = options.Quick ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(40);

        await using var portal = await PortalProcess.StartAsync(PortalProcess.HighKeyLimits, cancellationToken);
        var keys = await PrepareAsync(portal, cancellationToken);
        using var json = await ClosedLoop.OpenAsync(portal, "/api/v1/teammates/me/conversations?limit=1", keys, Connections, cancellationToken);
        using var modern = await OpenAsync(portal, keys, modern: true, cancellationToken);
        using var legacy = await OpenAsync(portal, keys, modern: false, cancellationToken);
        ClosedLoop[] loops = [json, modern, legacy];
        foreach (var loop in loops)
            await loop.RunAsync(warmUp / loops.Length, cancellationToken);

        var measured = new List<Burst[]>();
        for (var round = 0; round < rounds; round++)
        {
            var bursts = new Burst[loops.Length];
            for (var i = 0; i < loops.Length; i++)
            {
                var which = (round + i) % loops.Length;
                bursts[which] = await loops[which].RunAsync(burst, cancellationToken);
            }

            measured.Add(bursts);
        }

        return
        [
            new Series(measured.Select(round => round[1].PerSecond / round[0].PerSecond)).AtLeast("2026-07-28: tools/call ÷ JSON, requests/s", Goal, "0.00"),
            new Series(measured.Select(round => round[2].PerSecond / round[0].PerSecond)).AtLeast("2025-11-25: tools/call ÷ JSON, requests/s", Goal, "0.00"),
            new Series(measured.Select(round => round[0].PerSecond)).MoreIsBetter("JSON, requests/s", "#,0"),
            new Series(measured.Select(round => round[1].PerSecond)).MoreIsBetter("2026-07-28, requests/s", "#,0"),
            new Series(measured.Select(round => round[2].PerSecond)).MoreIsBetter("2025-11-25, requests/s", "#,0"),
            new Series(measured.Select(round => round[1].ServerMicroseconds - round[0].ServerMicroseconds)).LessIsBetter("server time that the protocol adds, µs", "0.0"),
        ];
    }

    private static Task<ClosedLoop> OpenAsync(PortalProcess portal, IReadOnlyList<string> keys, bool modern, CancellationToken cancellationToken) => ClosedLoop.OpenAsync(
        portal, Connections, i => Connection.OpenAsync(portal.Address, Call(portal.Address, keys[i % keys.Count], modern), cancellationToken));

    private static string Call(Uri address, string key, bool modern)
    {
        var meta = modern
            ? ""","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"load","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}"""
            : "";
        var body = $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{Tool}}}","arguments":{"limit":1}{{{meta}}}}}""";
        var headers = modern ? $"MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: {Tool}\r\n" : "MCP-Protocol-Version: 2025-11-25\r\n";
        return $"POST /mcp HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\nUser-Agent: load/1\r\n"
            + $"{headers}Authorization: Bearer {key}\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    private static async Task<IReadOnlyList<string>> PrepareAsync(PortalProcess portal, CancellationToken cancellationToken)
    {
        var keys = await PortalPages.GenerateAsync(portal, Keys, cancellationToken);

        // One conversation, so that there is something to read.
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        using var ask = new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Address, "/api/v1/teammates/me/messages")) { Content = JsonContent.Create(new { text = "Hello" }) };
        ask.Headers.Authorization = new("Bearer", keys[0]);
        using var answer = await client.SendAsync(ask, cancellationToken);
        var asked = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return asked.TryGetProperty("conversationId", out _) ? keys : throw new InvalidOperationException("The ask began no conversation.");
    }
}
