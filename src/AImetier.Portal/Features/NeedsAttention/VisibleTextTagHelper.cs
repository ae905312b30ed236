using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary><c>&lt;visible-text value="@text" /&gt;</c>: plain text in which every character that hides is a marked token such as [U+202E right-to-left override].</summary>
/// <param name="text">Names of the characters.</param>
[HtmlTargetElement("visible-text", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class VisibleTextTagHelper(IStringLocalizer<AttentionText> text) : TagHelper
{
    /// <summary>The text, from outside.</summary>
    public required string Value { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("dir", "auto");
        foreach (var part in VisibleText.PartsOf(Value))
        {
            if (part.Hidden is not { } hidden)
            {
                output.Content.Append(part.Text);
                continue;
            }

            var mark = new TagBuilder("mark");
            mark.AddCssClass("unseen");
            mark.Attributes["dir"] = "ltr";
            mark.InnerHtml.Append(part.Count == 1
                ? text["Token", Name(part.Code), text[$"Hidden.{hidden}"].Value].Value
                : text["Token.Many", Name(part.Code), text[$"Hidden.{hidden}"].Value, part.Count].Value);
            output.Content.AppendHtml(mark);
        }
    }

    private static string Name(int code) => "U+" + code.ToString("X4", CultureInfo.InvariantCulture);
}
