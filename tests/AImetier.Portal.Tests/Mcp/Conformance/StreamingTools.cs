#pragma warning disable MCP9005 // The suite asks for what revision 2026-07-28 deprecates.
using System.ComponentModel;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>Tools that tell the client something before they answer.</summary>
internal sealed class StreamingTools
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [McpServerTool(Name = "test_tool_with_logging"), Description("Logs three lines.")]
    public static async Task<string> LogAsync(RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken)
    {
        string[] lines = ["Tool execution started", "Tool processing data", "Tool execution completed"];
        foreach (var line in lines)
        {
            Log(call, line);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return "Logged.";
    }

    [McpServerTool(Name = "test_logging_tool"), Description("Logs a line for those who want it.")]
    public static string LogOnce(RequestContext<CallToolRequestParams> call)
    {
        Log(call, "A line");
        return "Logged.";
    }

    [McpServerTool(Name = "test_tool_with_progress"), Description("Tells of its progress.")]
    public static async Task<string> ProgressAsync(RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken)
    {
        foreach (var progress in (int[])[0, 50, 100])
        {
            if (call.Params?.ProgressToken is { } token)
                await call.Server.NotifyProgressAsync(token, new() { Progress = progress, Total = 100 }, cancellationToken: cancellationToken);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        return "Done.";
    }

#pragma warning disable CA1848, CA1873, CA2254 // The line is the client's, not ours.
    private static void Log(RequestContext<CallToolRequestParams> call, string line) =>
        call.Server.AsClientLoggerProvider().CreateLogger(nameof(StreamingTools)).LogInformation(line);
#pragma warning restore CA1848, CA1873, CA2254
}
