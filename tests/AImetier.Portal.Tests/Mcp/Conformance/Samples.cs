using ModelContextProtocol.Protocol;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>The smallest picture and sound, and other content that fixtures share.</summary>
internal static class Samples
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private const string Wav = "UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA=";

    public static byte[] PngBytes { get; } = Convert.FromBase64String(Png);

    public static ImageContentBlock Picture() => ImageContentBlock.FromBytes(PngBytes, "image/png");

    public static AudioContentBlock Sound() => AudioContentBlock.FromBytes(Convert.FromBase64String(Wav), "audio/wav");

    public static EmbeddedResourceBlock Resource(string uri, string text, string type = "text/plain") =>
        new() { Resource = new TextResourceContents { Uri = uri, MimeType = type, Text = text } };

    public static TextContentBlock Text(string text) => new() { Text = text };

    public static PromptMessage Says(ContentBlock content) => new() { Role = Role.User, Content = content };
}
