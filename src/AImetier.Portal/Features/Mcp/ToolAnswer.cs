using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace AImetier.Portal.Features.Mcp;

/// <summary>What a tool answers: the same facts as data for programs and as text for models.</summary>
internal static class ToolAnswer
{
    /// <summary>How data is written: like the API's answers.</summary>
    public static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    /// <summary>A good answer.</summary>
    /// <param name="data">The facts, as the tool's output schema says.</param>
    /// <param name="texts">The same for reading. Words of others stand in texts of their own, so that they cannot pass for ours.</param>
    public static CallToolResult Of<T>(T data, params IEnumerable<string> texts) => new()
    {
        StructuredContent = JsonSerializer.SerializeToElement(data, Json),
        Content = [.. texts.Select(text => new TextContentBlock { Text = text })],
    };

    /// <summary>A refusal that a model can act on.</summary>
    /// <param name="code">The code of the API's problem of that kind.</param>
    /// <param name="sentence">What happened and what to do.</param>
    public static CallToolResult Error(string code, string sentence) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = $"{sentence} ({code})" }],
    };
}
