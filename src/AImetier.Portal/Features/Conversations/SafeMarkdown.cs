using System.Diagnostics;
using System.Text.Encodings.Web;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Html;

namespace AImetier.Portal.Features.Conversations;

/// <summary>
/// What a model wrote, as markup that can do nothing: no HTML of its own, no images, no styles, links only to the web and to mail. It is the
/// one place where a page writes text that Razor does not encode.
/// </summary>
public sealed class SafeMarkdown : IHtmlContent
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);
    private const int FirstHeading = 3;
    private const int LastHeading = 6;
    private const string LinkRelation = "noopener noreferrer nofollow";
    private static readonly string[] Schemes = ["http", "https", "mailto"];

    private static readonly string[] Tags =
    [
        "p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a",
        "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
    ];

    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseSoftlineBreakAsHardlineBreak().Build();

    private static readonly HtmlSanitizer Sanitizer = Strict();
    private readonly string _html;

    private SafeMarkdown(string html) => _html = html;

    /// <summary>Renders a text.</summary>
    /// <param name="markdown">What a model wrote.</param>
    /// <remarks>Texts made to keep a parser busy exist. What is not rendered within the time is shown as it is.</remarks>
    public static SafeMarkdown Of(string markdown)
    {
        var began = Stopwatch.GetTimestamp();
        return new SafeMarkdown(string.Concat(
            MarkdownParts.Of(markdown).Select(part => Stopwatch.GetElapsedTime(began) < Longest ? Render(part) : Plain(part))));
    }

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(_html);

    /// <inheritdoc/>
    public override string ToString() => _html;

    private static string Render(string markdown)
    {
        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            Demote(document);
            foreach (var link in document.Descendants<LinkInline>())
                link.IsImage = false;
            return Sanitizer.Sanitize(document.ToHtml(Pipeline));
        }
        catch (ArgumentException)
        {
            // Markdig refuses what is nested too deeply. The words are shown all the same.
            return Plain(markdown);
        }
    }

    private static string Plain(string text) => $"<p class=\"prewrap\">{HtmlEncoder.Default.Encode(text)}</p>";

    // The page has its own headings above; none may skip a level.
    private static void Demote(MarkdownDocument document)
    {
        var headings = document.Descendants<HeadingBlock>().ToList();
        var levels = headings.Select(heading => heading.Level).Distinct().Order().ToList();
        var before = FirstHeading - 1;
        foreach (var heading in headings)
        {
            before = Math.Min(Math.Min(FirstHeading + levels.IndexOf(heading.Level), before + 1), LastHeading);
            heading.Level = before;
        }
    }

    private static HtmlSanitizer Strict()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(Tags, StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(["href", "start"], StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(Schemes, StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href"], StringComparer.OrdinalIgnoreCase),
        });
        sanitizer.PostProcessNode += (_, processed) =>
        {
            if (processed.Node is not IHtmlAnchorElement link || link.GetAttribute("href") is not { } address)
                return;

            // An address without a scheme would lead into the Portal itself: no model may point there.
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme, StringComparer.Ordinal))
            {
                link.RemoveAttribute("href");
                return;
            }

            link.SetAttribute("rel", LinkRelation);
            link.SetAttribute("target", "_blank");
        };
        return sanitizer;
    }
}
