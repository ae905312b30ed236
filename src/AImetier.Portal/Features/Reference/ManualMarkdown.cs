using System.Globalization;
using System.Text;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AImetier.Portal.Features.Reference;

/// <summary>
/// Renders a topic. It is cut into passages, each with what is said and the code that shows it, so that a wide screen can set them side by side
/// and a narrow one below each other, in the order of the source.
/// </summary>
internal sealed class ManualMarkdown
{
    private const string Source = ".md";

    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    private readonly TextWriter _html;
    private readonly HtmlRenderer _renderer;
    private readonly CodePanels _panels = new();

    private ManualMarkdown(TextWriter html)
    {
        _html = html;
        _renderer = new HtmlRenderer(html);
        Pipeline.Setup(_renderer);
    }

    /// <summary>Reads and renders a source.</summary>
    /// <param name="slug">The topic's part of the address.</param>
    /// <param name="markdown">Begins with a heading of level 1, then a paragraph whose first sentence sums it up.</param>
    /// <exception cref="FormatException">It does not.</exception>
    public static ManualTopic Render(string slug, string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        if (document.FirstOrDefault() is not HeadingBlock { Level: 1 } title || document.Skip(1).FirstOrDefault() is not ParagraphBlock summary)
            throw new FormatException($"The topic '{slug}' must begin with a heading and a paragraph.");
        PointLinks(document);
        LabelCells(document);
        MarkEndpoints(document);
        List<Block> blocks = [.. document.Skip(1)];
        using var html = new StringWriter(CultureInfo.InvariantCulture);
        new ManualMarkdown(html).Passages(blocks);
        return new(slug, TextOf(title), FirstSentence(TextOf(summary)), markdown, html.ToString(), Sections(blocks));
    }

    private void Passages(List<Block> blocks)
    {
        for (var at = 0; at < blocks.Count;)
        {
            var said = blocks.Skip(at).TakeWhile((block, index) => block is not FencedCodeBlock && (index == 0 || !BeginsSection(block))).ToList();
            var shown = blocks.Skip(at + said.Count).TakeWhile(block => block is FencedCodeBlock).Cast<FencedCodeBlock>().ToList();
            at += said.Count + shown.Count;
            _html.Write("<div class=\"passage\"><div class=\"said\">");
            said.ForEach(Say);
            _html.Write("</div>");
            if (shown.Count > 0)
                _html.Write($"<div class=\"shown\">{_panels.Of(shown)}</div>");
            _html.Write("</div>\n");
        }
    }

    private void Say(Block block)
    {
        if (block is not HeadingBlock heading)
        {
            _renderer.Render(block);
            return;
        }

        var anchor = AnchorOf(heading);
        _html.Write($"<h{heading.Level} id=\"{anchor}\"><a href=\"#{anchor}\">");
        _renderer.WriteLeafInline(heading);
        _html.Write($"</a></h{heading.Level}>\n");
    }

    private static List<ManualSection> Sections(List<Block> blocks)
    {
        var sections = new List<ManualSection>();
        for (var at = 0; at < blocks.Count;)
        {
            var inside = blocks.Skip(at).TakeWhile((block, index) => index == 0 || !BeginsSection(block)).ToList();
            at += inside.Count;
            var heading = inside[0] as HeadingBlock;
            sections.Add(new(
                heading is null ? "" : AnchorOf(heading),
                heading is null ? "" : TextOf(heading),
                heading?.Level ?? 1,
                string.Join(' ', inside.Skip(heading is null ? 0 : 1).Select(TextOf))));
        }

        return sections;
    }

    private static bool BeginsSection(Block block) => block is HeadingBlock { Level: 2 or 3 };

    private static string AnchorOf(HeadingBlock heading) => heading.GetAttributes().Id!;

    // A link to another source leads to its page and takes the picked teammate along.
    private static void PointLinks(MarkdownDocument document)
    {
        foreach (var link in document.Descendants<LinkInline>())
        {
            var parts = (link.Url ?? "").Split('#', 2);
            if (parts[0].EndsWith(Source, StringComparison.Ordinal) && !parts[0].Contains('/', StringComparison.Ordinal))
                link.Url = $"/developers/{parts[0][..^Source.Length]}{ManualFill.QuerySlot}{(parts.Length > 1 ? "#" + parts[1] : "")}";
        }
    }

    // A paragraph that is one piece of code is the address of an endpoint.
    private static void MarkEndpoints(MarkdownDocument document)
    {
        foreach (var paragraph in document.OfType<ParagraphBlock>().Where(paragraph => paragraph.Inline?.FirstChild is CodeInline { NextSibling: null }))
            paragraph.GetAttributes().AddClass("endpoint");
    }

    private static string FirstSentence(string text) => text.IndexOf(". ", StringComparison.Ordinal) is var end and >= 0 ? text[..(end + 1)] : text;

    // On a narrow screen each cell says its column's name.
    private static void LabelCells(MarkdownDocument document)
    {
        foreach (var table in document.Descendants<Table>())
        {
            var names = table.OfType<TableRow>().First().Select(TextOf).ToList();
            foreach (var (cell, column) in table.OfType<TableRow>().Skip(1).SelectMany(row => row.OfType<TableCell>().Select((cell, column) => (cell, column))))
            {
                cell.GetAttributes().AddPropertyIfNotExist("data-label", names[column]);

                // A name is not broken; a piece of text may be.
                if (column == 0 && cell.Descendants<CodeInline>().All(code => !code.Content.Contains(' ', StringComparison.Ordinal)))
                    cell.GetAttributes().AddClass("name");
            }
        }
    }

    private static string TextOf(Block block)
    {
        var text = new StringBuilder();
        if (block is FencedCodeBlock code)
            return code.Lines.ToString();
        foreach (var inline in block is LeafBlock leaf ? leaf.Inline?.Descendants<Inline>() ?? [] : block.Descendants<Inline>())
        {
            _ = inline switch
            {
                LiteralInline literal => text.Append(literal.Content),
                CodeInline inCode => text.Append(inCode.Content),
                LineBreakInline => text.Append(' '),
                _ => text,
            };
            if (inline.NextSibling is null && inline.Parent?.ParentBlock?.Parent is TableCell or ListItemBlock)
                text.Append(' ');
        }

        return text.ToString().Trim();
    }
}
