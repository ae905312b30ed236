using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>Resources of each kind.</summary>
internal sealed class FixtureResources
{
    [McpServerResource(UriTemplate = "test://static-text", Name = "Text", MimeType = "text/plain"), Description("A text.")]
    public static string Text() => "This is the content of the static text resource.";

    [McpServerResource(UriTemplate = "test://static-binary", Name = "Picture", MimeType = "image/png"), Description("A picture.")]
    public static ResourceContents Picture() => BlobResourceContents.FromBytes(Samples.PngBytes, "test://static-binary", "image/png");

    [McpServerResource(UriTemplate = "test://watched-resource", Name = "Watched", MimeType = "text/plain"), Description("Can be watched.")]
    public static string Watched() => "Nothing happens here.";

    [McpServerResource(UriTemplate = "test://template/{id}/data", Name = "Template", MimeType = "application/json"), Description("Data of an id.")]
    public static ResourceContents Data(string id) => new TextResourceContents
    {
        Uri = $"test://template/{id}/data",
        MimeType = "application/json",
        Text = $$"""{"id":"{{id}}","templateTest":true,"data":"Data for ID: {{id}}"}""",
    };
}
