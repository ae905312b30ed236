using AImetier.Portal.Data;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AImetier.Portal.Features.Mcp;

/// <summary>What breaks in a tool is logged by the request's id, and told without saying what it was. The SDK's own log is off: it quotes what clients send.</summary>
internal static partial class ToolFailures
{
    /// <summary>Item of a message that holds the id of its request.</summary>
    public const string RequestId = "requestId";

    /// <summary>Wraps the call of a tool.</summary>
    /// <param name="next">The call.</param>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(McpRequestHandler<CallToolRequestParams, CallToolResult> next) => async (call, cancellationToken) =>
    {
        try
        {
            return await next(call, cancellationToken);
        }
        catch (Exception e) when (e is not (McpException or InputRequiredException or OperationCanceledException))
        {
            if (DatabaseBusy.Is(e))
                return ToolAnswer.Error("busy", "The database is busy. Nothing was done; try again in a second.");
            var requestId = call.Items.TryGetValue(RequestId, out var id) ? id as string : null;
            LogFailed(call.Services!.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ToolFailures)), e, requestId);
            return ToolAnswer.Error("internal_error", $"Something went wrong here. Tell your user; the request id {requestId} helps to find it in the Portal's log.");
        }
    };

    [LoggerMessage(EventName = "mcp.failed", Level = LogLevel.Error, Message = "Request {RequestId} failed in a tool")]
    private static partial void LogFailed(ILogger logger, Exception exception, string? requestId);
}
