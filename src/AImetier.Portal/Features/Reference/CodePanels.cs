using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Markdig.Syntax;

namespace AImetier.Portal.Features.Reference;

/// <summary>
/// Renders the code of a topic. The same thing in several languages is one panel with a choice of language, which works without script: buttons
/// of a radio group, and styles that show what is chosen.
/// </summary>
internal sealed class CodePanels
{
    /// <summary>Languages of samples by the word of their fence, with their names.</summary>
    public static readonly IReadOnlyDictionary<string, string> Languages = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bash"] = "curl",
        ["csharp"] = "C#",
        ["javascript"] = "JavaScript",
        ["python"] = "Python",
    };

    private int _count;

    /// <summary>The panels of blocks that follow each other.</summary>
    /// <param name="blocks">The blocks.</param>
    public string Of(IReadOnlyList<FencedCodeBlock> blocks)
    {
        var html = new StringBuilder();
        for (var at = 0; at < blocks.Count;)
        {
            // Each language once: a second sample in the same language is another thing.
            var samples = blocks.Skip(at).TakeWhile((block, index) => IsSample(block) && !blocks.Skip(at).Take(index).Any(before => before.Info == block.Info)).ToList();
            if (samples.Count > 1)
                Choice(html, samples);
            else
                Single(html, blocks[at]);
            at += Math.Max(1, samples.Count);
        }

        return html.ToString();
    }

    private static bool IsSample(FencedCodeBlock block) => Languages.ContainsKey(block.Info ?? "");

    private void Choice(StringBuilder html, List<FencedCodeBlock> samples)
    {
        var group = string.Create(CultureInfo.InvariantCulture, $"language-{++_count}");
        html.Append("<div class=\"panel\"><fieldset class=\"tabs\"><legend class=\"sr\">Language</legend>");
        foreach (var sample in samples)
            html.Append(CultureInfo.InvariantCulture, $"<label><input type=\"radio\" name=\"{group}\" value=\"{sample.Info}\"{(sample == samples[0] ? " checked" : "")}>{Encode(Languages[sample.Info!])}</label>");
        html.Append("</fieldset>");
        foreach (var sample in samples)
            Pane(html, sample, Languages[sample.Info!]);
        html.Append("</div>");
    }

    private void Single(StringBuilder html, FencedCodeBlock block)
    {
        var name = NameOf(block);
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"panel{(IsSample(block) ? "" : " answer")}\"><p class=\"label\" aria-hidden=\"true\">{Encode(name)}</p>");
        Pane(html, block, name);
        html.Append("</div>");
    }

    private void Pane(StringBuilder html, FencedCodeBlock block, string name) => html.Append(
        CultureInfo.InvariantCulture,
        $"<div class=\"pane\" data-language=\"{block.Info}\"><pre id=\"code-{++_count}\" tabindex=\"0\" aria-label=\"{Encode(name)}\" translate=\"no\"><code>{CodeColors.Of(block.Info ?? "", block.Lines.ToString())}</code></pre></div>");

    private static string NameOf(FencedCodeBlock block) => (block.Info, block.Arguments) switch
    {
        ("bash", _) when !block.Lines.ToString().Contains("curl ", StringComparison.Ordinal) => "Shell",
        ({ } language, _) when Languages.TryGetValue(language, out var name) => name,
        (_, "output") => "Output",
        (_, "answer" or "example") => "Answer",
        ("shell", _) => "Shell",
        ("http", _) => "HTTP",
        ("json", _) => "JSON",
        _ => "Text",
    };

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
