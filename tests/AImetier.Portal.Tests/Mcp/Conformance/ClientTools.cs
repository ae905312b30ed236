#pragma warning disable MCP9005 // The suite asks for what revision 2026-07-28 deprecates.
using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>Tools that ask the client in the middle of a call, as older revisions with sessions do.</summary>
internal sealed class ClientTools
{
    [McpServerTool(Name = "test_sampling"), Description("Asks the client's model.")]
    public static async Task<string> SampleAsync(McpServer server, [Description("What to ask.")] string prompt, CancellationToken cancellationToken)
    {
        var result = await server.SampleAsync(
            new CreateMessageRequestParams { Messages = [new SamplingMessage { Role = Role.User, Content = [Samples.Text(prompt)] }], MaxTokens = 100 }, cancellationToken);
        return $"LLM response: {result.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}";
    }

    [McpServerTool(Name = "test_elicitation"), Description("Asks the client's user.")]
    public static Task<string> ElicitAsync(McpServer server, [Description("What to ask.")] string message, CancellationToken cancellationToken) =>
        AskAsync(server, message, Forms.Of(("response", new ElicitRequestParams.StringSchema { Description = "An answer" })), cancellationToken);

    [McpServerTool(Name = "test_elicitation_sep1034_defaults"), Description("Asks with defaults.")]
    public static Task<string> ElicitDefaultsAsync(McpServer server, CancellationToken cancellationToken) => AskAsync(server, "Who is it?", Forms.WithDefaults(), cancellationToken);

    [McpServerTool(Name = "test_elicitation_sep1330_enums"), Description("Asks with choices.")]
    public static Task<string> ElicitChoicesAsync(McpServer server, CancellationToken cancellationToken) => AskAsync(server, "Choose.", Forms.WithChoices(), cancellationToken);

    private static async Task<string> AskAsync(McpServer server, string message, ElicitRequestParams.RequestSchema form, CancellationToken cancellationToken)
    {
        var result = await server.ElicitAsync(new ElicitRequestParams { Message = message, RequestedSchema = form }, cancellationToken);
        return $"Elicitation completed: action={result.Action}";
    }
}
