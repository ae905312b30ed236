using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AImetier.Portal.Features.Shared;

/// <summary><c>&lt;nav-link to="/settings"&gt;…&lt;/nav-link&gt;</c>: a menu entry that knows when it is where the person is.</summary>
[HtmlTargetElement("nav-link")]
public sealed class NavLinkTagHelper : TagHelper
{
    /// <summary>Path of the page, without trailing slash.</summary>
    public required string To { get; set; }

    /// <summary>The page being written.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var request = ViewContext.HttpContext.Request;
        output.TagName = "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("href", request.PathBase.Add(To).Value);

        // WAI-ARIA 1.2: "page" is this very page, "true" the entry that the page belongs to.
        if (request.Path.StartsWithSegments(To, StringComparison.OrdinalIgnoreCase, out var rest))
            output.Attributes.SetAttribute("aria-current", rest.HasValue && rest != "/" ? "true" : "page");
    }
}
