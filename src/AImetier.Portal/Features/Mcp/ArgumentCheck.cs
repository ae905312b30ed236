using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AImetier.Portal.Features.Mcp;

/// <summary>
/// Holds the arguments of a call against the tool's input schema before the tool runs. Models mistype: they are told what is wrong, instead of
/// having, say, a misspelt conversation id begin a new conversation.
/// </summary>
internal static class ArgumentCheck
{
    /// <summary>Wraps the call of a tool.</summary>
    /// <param name="next">The call.</param>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(McpRequestHandler<CallToolRequestParams, CallToolResult> next) => (call, cancellationToken) =>
    {
        if (call.MatchedPrimitive is not McpServerTool { ProtocolTool: { } tool })
            return next(call, cancellationToken);
        List<string> errors = [.. Errors(tool.InputSchema, call.Params?.Arguments ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))];
        return errors.Count == 0 ? next(call, cancellationToken) : new(ToolAnswer.Error("validation_failed", $"Nothing was done. {string.Join(' ', errors)}"));
    };

    private static IEnumerable<string> Errors(JsonElement schema, IDictionary<string, JsonElement> arguments)
    {
        if (!schema.TryGetProperty("properties", out var properties))
            yield break;
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => !arguments.ContainsKey(name)))
                yield return $"The argument '{name}' is missing.";
        }

        foreach (var (name, value) in arguments)
        {
            if (!properties.TryGetProperty(name, out var property))
                yield return $"One argument is unknown; this tool takes: {string.Join(", ", properties.EnumerateObject().Select(known => known.Name))}.";
            else if (property.TryGetProperty("type", out var type) && !Fits(value, type))
                yield return $"The argument '{name}' must be of type {type.GetRawText()}.";
        }
    }

    private static bool Fits(JsonElement value, JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => Fits(value, one))
        : type.GetString() switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => true,
        };
}
