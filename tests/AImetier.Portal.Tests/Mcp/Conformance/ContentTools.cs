#pragma warning disable MCP9005 // The suite asks for what revision 2026-07-28 deprecates.
using System.ComponentModel;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>Tools that answer with each kind of content, or with an error.</summary>
internal sealed class ContentTools
{
    [McpServerTool(Name = "test_simple_text"), Description("Answers with text.")]
    public static string Text() => "This is a simple text response for testing.";

    [McpServerTool(Name = "test_image_content"), Description("Answers with a picture.")]
    public static ContentBlock Picture() => Samples.Picture();

    [McpServerTool(Name = "test_audio_content"), Description("Answers with a sound.")]
    public static ContentBlock Sound() => Samples.Sound();

    [McpServerTool(Name = "test_embedded_resource"), Description("Answers with a resource.")]
    public static ContentBlock Resource() => Samples.Resource("test://embedded-resource", "This is an embedded resource content.");

    [McpServerTool(Name = "test_multiple_content_types"), Description("Answers with text, a picture and a resource.")]
    public static IEnumerable<ContentBlock> Several() =>
    [
        Samples.Text("Multiple content types test:"),
        Samples.Picture(),
        Samples.Resource("test://mixed-content-resource", """{"test":"data","value":123}""", "application/json"),
    ];

    [McpServerTool(Name = "test_error_handling"), Description("Fails.")]
    public static string Fail() => throw new McpException("This tool intentionally returns an error for testing");

    [McpServerTool(Name = "test_header_tool"), Description("Has a parameter that stands in a header too.")]
    public static string InHeader([McpHeader("Region"), Description("A region.")] string region, [Description("A question.")] string query) => $"{query} in {region}";

    [McpServerTool(Name = "test_missing_capability"), Description("Needs a client that samples.")]
    public static string NeedsSampling(RequestContext<CallToolRequestParams> call) => call.Server.ClientCapabilities?.Sampling is not null
        ? "The client samples."
        : throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new() }, "This tool needs a client that samples.");

    [McpServerTool(Name = "test_streaming_elicitation"), Description("Sends nothing but its answer.")]
    public static string AnswerAlone() => "Nothing but this.";
}
