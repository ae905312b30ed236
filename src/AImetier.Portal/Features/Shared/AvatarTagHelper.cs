using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AImetier.Portal.Features.Shared;

/// <summary><c>&lt;avatar name="Mia" /&gt;</c>: the first character of a name in a disc, for the eye only.</summary>
[HtmlTargetElement("avatar", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AvatarTagHelper : TagHelper
{
    /// <summary>The name; its first character is what a person counts as one, not one code unit.</summary>
    public required string Name { get; set; }

    /// <summary>Whether it is the larger one.</summary>
    public bool Large { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Large ? "avatar large" : "avatar");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetContent(StringInfo.GetNextTextElement(Name));
    }
}
