using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace AImetier.Portal.Features.Mcp;

/// <summary>
/// Refuses a request whose body names a protocol revision that its header does not. The SDK checks that where the header names a revision
/// in which every request says its own; this checks it where the header is missing or names an older one.
/// </summary>
/// <remarks>Model Context Protocol 2026-07-28, "Streamable HTTP", Protocol Version Header.</remarks>
internal static class McpEnvelope
{
    private const string Header = "MCP-Protocol-Version";
    private const string InBody = "io.modelcontextprotocol/protocolVersion";
    private const string FirstChecked = "2026-07-28";

    /// <summary>Runs in front of the SDK.</summary>
    /// <param name="context">The request, with a good key.</param>
    /// <param name="next">The SDK.</param>
    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var header = context.Request.Headers[Header].ToString();
        if (string.CompareOrdinal(header, FirstChecked) >= 0)
        {
            await next(context);
            return;
        }

        // In memory, and no more than the address takes: what people write is not put on the disk.
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (Mismatch(body.GetBuffer().AsMemory(0, (int)body.Length), header) is { } refusal)
        {
            await TypedResults.Json(refusal, McpJsonUtilities.DefaultOptions, "application/json", StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return;
        }

        body.Position = 0;
        context.Request.Body = body;
        await next(context);
    }

    private static JsonRpcError? Mismatch(ReadOnlyMemory<byte> body, string header)
    {
        try
        {
            using var message = JsonDocument.Parse(body);
            if (message.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("params", out var parameters) || parameters.ValueKind != JsonValueKind.Object
                || !parameters.TryGetProperty("_meta", out var meta) || meta.ValueKind != JsonValueKind.Object
                || !meta.TryGetProperty(InBody, out var revision) || revision.ValueEquals(header))
            {
                return null;
            }

            var id = root.TryGetProperty("id", out var given) && given.ValueKind is JsonValueKind.String or JsonValueKind.Number ? given.Deserialize<RequestId>(McpJsonUtilities.DefaultOptions) : default;
            return new JsonRpcError { Id = id, Error = new() { Code = (int)McpErrorCode.HeaderMismatch, Message = $"The header {Header} must name the revision that the body names in '_meta/{InBody}'." } };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not a message: the SDK says so.
            return null;
        }
    }
}
