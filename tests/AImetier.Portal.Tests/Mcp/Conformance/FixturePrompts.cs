using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>Prompts with each kind of content.</summary>
internal sealed class FixturePrompts
{
    [McpServerPrompt(Name = "test_simple_prompt"), Description("Says one thing.")]
    public static string Simple() => "This is a simple prompt for testing.";

    [McpServerPrompt(Name = "test_prompt_with_arguments"), Description("Says two things that it was given.")]
    public static string Arguments([Description("The first.")] string arg1, [Description("The second.")] string arg2) => $"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'";

    [McpServerPrompt(Name = "test_prompt_with_embedded_resource"), Description("Shows a resource.")]
    public static IEnumerable<PromptMessage> Resource([Description("Where it is.")] string resourceUri) =>
        [Samples.Says(Samples.Resource(resourceUri, "Embedded resource content for testing.")), Samples.Says(Samples.Text("Please process the embedded resource above."))];

    [McpServerPrompt(Name = "test_prompt_with_image"), Description("Shows a picture.")]
    public static IEnumerable<PromptMessage> Picture() => [Samples.Says(Samples.Picture()), Samples.Says(Samples.Text("Please analyze the image above."))];
}
