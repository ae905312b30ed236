using AImetier.Portal.Features.Reference;
using AImetier.Portal.Tests.Host;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Reference.Samples;

/// <summary>A block of code of the Developer reference, as it is served.</summary>
/// <param name="Topic">Slug of the page.</param>
/// <param name="Heading">The heading that it stands under.</param>
/// <param name="Endpoint">The endpoint that was named last under that heading, for example <c>GET /api/v1/me</c>, or null.</param>
/// <param name="Group">Blocks with nothing between them have the same number.</param>
/// <param name="Language">Word of the fence.</param>
/// <param name="Mark">Second word of the fence: <c>answer</c>, <c>output</c>, <c>example</c>, or nothing.</param>
/// <param name="Code">What it says.</param>
internal sealed record Fence(string Topic, string Heading, string? Endpoint, int Group, string Language, string Mark, string Code)
{
    private static readonly string[] Runnable = ["bash", "csharp", "javascript", "python"];

    /// <summary>Whether it is code to run.</summary>
    public bool IsSample => Runnable.Contains(Language, StringComparer.Ordinal);

    /// <summary>Whether it is a server that waits for webhooks; it is run by a test of its own.</summary>
    public bool IsReceiver => IsSample && Code.Contains("Listening on", StringComparison.Ordinal);

    /// <summary>Where it is, for messages.</summary>
    public string Place => $"{Topic} › {Heading} ({Language})";

    /// <summary>Every block of every page of a running Portal, read from the pages' Markdown.</summary>
    public static async Task<IReadOnlyList<Fence>> AllAsync(PortalHost portal)
    {
        using var client = portal.Client();
        var fences = new List<Fence>();
        foreach (var topic in (await portal.Services.GetRequiredService<ManualReader>().ReadAsync()).Topics)
            fences.AddRange(Of(topic.Slug, await client.GetStringAsync($"/developers/{topic.Slug}.md")));
        return fences;
    }

    /// <summary>The blocks of a page.</summary>
    public static IEnumerable<Fence> Of(string topic, string markdown)
    {
        var (heading, endpoint, group) = ("", (string?)null, 0);
        foreach (var block in Markdown.Parse(markdown, new MarkdownPipelineBuilder().UsePipeTables().Build()))
        {
            if (block is FencedCodeBlock fence)
            {
                yield return new(topic, heading, endpoint, group, fence.Info ?? "", fence.Arguments ?? "", fence.Lines.ToString());
                continue;
            }

            group++;
            if (block is HeadingBlock title)
                (heading, endpoint) = (string.Concat(title.Inline!.Descendants<LiteralInline>()), null);
            if (block is ParagraphBlock { Inline.FirstChild: CodeInline { NextSibling: null } address })
                endpoint = address.Content;
        }
    }
}
