using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using AImetier.Portal.Tests.Host;

namespace AImetier.Portal.Tests.Mcp;

/// <summary>Speaks MCP by hand, in both eras, so that tests can leave out or twist any part of it.</summary>
public static class McpProbe
{
    /// <summary>The revision in which every request says what it needs.</summary>
    public const string Modern = "2026-07-28";

    /// <summary>A revision that begins with <c>initialize</c>.</summary>
    public const string Legacy = "2025-11-25";

    /// <summary>Calls a tool.</summary>
    public static Task<McpReply> CallAsync(
        this PortalHost portal, TestKey key, string tool, object arguments, string revision = Modern, string? progressToken = null, CancellationToken cancellationToken = default)
    {
        var parameters = new JsonObject { ["name"] = tool, ["arguments"] = JsonSerializer.SerializeToNode(arguments) };
        if (progressToken is not null)
            parameters["_meta"] = new JsonObject { ["progressToken"] = progressToken };
        return portal.RequestAsync(key.Text, "tools/call", parameters, revision, cancellationToken: cancellationToken);
    }

    /// <summary>Sends a request as clients of a revision do.</summary>
    public static Task<McpReply> RequestAsync(
        this PortalHost portal, string? key, string method, JsonObject? parameters = null, string revision = Modern, object? clientInfo = null, string? userAgent = null, CancellationToken cancellationToken = default)
    {
        var (body, headers) = Compose(method, parameters, revision, clientInfo);
        if (userAgent is not null)
            headers["User-Agent"] = userAgent;
        return portal.PostAsync(key, body.ToJsonString(), headers, cancellationToken: cancellationToken);
    }

    /// <summary>What clients of a revision send.</summary>
    public static (JsonObject Body, Dictionary<string, string> Headers) Compose(string method, JsonObject? parameters = null, string revision = Modern, object? clientInfo = null)
    {
        parameters ??= [];
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (revision == Modern)
        {
            var meta = parameters["_meta"] as JsonObject ?? [];
            meta["io.modelcontextprotocol/protocolVersion"] = revision;
            meta["io.modelcontextprotocol/clientCapabilities"] = new JsonObject();
            if (clientInfo is not null)
                meta["io.modelcontextprotocol/clientInfo"] = JsonSerializer.SerializeToNode(clientInfo);
            parameters["_meta"] = meta;
            headers["Mcp-Method"] = method;
            if (parameters["name"]?.GetValue<string>() is { } name)
                headers["Mcp-Name"] = name;
        }
        else if (method == "initialize")
        {
            parameters["protocolVersion"] = revision;
            parameters["capabilities"] = new JsonObject();
            parameters["clientInfo"] = JsonSerializer.SerializeToNode(clientInfo ?? new { name = "probe", version = "1.0" });
        }

        if (method != "initialize")
            headers["MCP-Protocol-Version"] = revision;
        return (new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 7, ["method"] = method, ["params"] = parameters }, headers);
    }

    /// <summary>Posts a body as it is.</summary>
    public static async Task<McpReply> PostAsync(
        this PortalHost portal, string? key, string body, IReadOnlyDictionary<string, string> headers, string contentType = "application/json", CancellationToken cancellationToken = default)
    {
        using var client = portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body) };
        request.Content.Headers.ContentType = new(contentType);
        if (!headers.ContainsKey("Accept"))
            request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (key is not null)
            request.Headers.Authorization = new("Bearer", key);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return new McpReply(answer.StatusCode, answer.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase), text);
    }
}

/// <summary>An answer of the MCP address.</summary>
public sealed record McpReply(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Every message of the answer: those of a stream, or the one JSON body.</summary>
    public IReadOnlyList<JsonElement> Messages { get; } = Body.Contains("data: ", StringComparison.Ordinal)
        ? [.. Body.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[6..]).RootElement)]
        : Body.StartsWith('{') ? [JsonDocument.Parse(Body).RootElement] : [];

    public JsonElement Result => Messages[^1].GetProperty("result");

    /// <summary>Code of a JSON-RPC error.</summary>
    public int Error => Messages[^1].GetProperty("error").GetProperty("code").GetInt32();

    public bool IsError => Result.TryGetProperty("isError", out var error) && error.GetBoolean();

    /// <summary>The structured content of a tool's answer.</summary>
    public JsonElement Data => Result.GetProperty("structuredContent");

    /// <summary>The texts of a tool's answer.</summary>
    public IReadOnlyList<string> Texts => [.. Result.GetProperty("content").EnumerateArray().Select(block => block.GetProperty("text").GetString()!)];

    /// <summary>The code at the end of a tool's refusal.</summary>
    public string Code => Texts.Single()[(Texts.Single().LastIndexOf('(') + 1)..^1];

    /// <summary>Code of a problem.</summary>
    public string? Problem => Messages.Count == 1 && Messages[0].TryGetProperty("code", out var code) ? code.GetString() : null;
}
