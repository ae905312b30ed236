using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AImetier.Portal.Features.Accounts;

/// <summary><c>error-for="Email"</c> on an input: ties it to the sentence about it, for screen readers.</summary>
[HtmlTargetElement("input", Attributes = "error-for", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldWithErrorTagHelper : TagHelper
{
    /// <summary>Name of the field; empty is the whole form.</summary>
    public string ErrorFor { get; set; } = "";

    /// <summary>The page.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (FormErrorTagHelper.SentenceOf(ViewContext, ErrorFor) is null)
            return;
        output.Attributes.SetAttribute("aria-invalid", "true");
        output.Attributes.SetAttribute("aria-describedby", FormErrorTagHelper.IdOf(ErrorFor));
    }
}
