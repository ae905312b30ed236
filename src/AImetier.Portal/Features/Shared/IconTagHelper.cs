using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AImetier.Portal.Features.Shared;

/// <summary><c>&lt;icon name="copy" /&gt;</c>: a drawing of <c>wwwroot/icons.svg</c>, for the eye only; the words stand beside it.</summary>
/// <param name="versions">Adds the version of the file to its address.</param>
[HtmlTargetElement("icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper(IFileVersionProvider versions) : TagHelper
{
    /// <summary>Id of the symbol.</summary>
    public required string Name { get; set; }

    /// <summary>The page being written.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var pathBase = ViewContext.HttpContext.Request.PathBase;
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("width", "18");
        output.Attributes.SetAttribute("height", "18");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        var use = new TagBuilder("use");
        use.Attributes["href"] = $"{versions.AddFileVersionToPath(pathBase, pathBase.Add("/icons.svg"))}#{Name}";
        output.Content.SetHtmlContent(use);
    }
}
