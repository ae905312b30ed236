using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace AImetier.Portal.Features.Accounts;

/// <summary><c>&lt;form-error for="Email"&gt;</c>: the sentence about a field, or nothing. An empty name is the whole form.</summary>
[HtmlTargetElement("form-error", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FormErrorTagHelper : TagHelper
{
    /// <summary>Name of the field.</summary>
    public string For { get; set; } = "";

    /// <summary>The page.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>Id of the sentence about a field, for <c>aria-describedby</c>.</summary>
    /// <param name="field">Name of the field.</param>
    public static string IdOf(string field) => field.Length == 0 ? "form-error" : $"{field.ToLowerInvariant()}-error";

    /// <summary>The sentence about a field, or null.</summary>
    /// <param name="page">The page.</param>
    /// <param name="field">Name of the field.</param>
    public static string? SentenceOf(ViewContext page, string field) =>
        page.ViewData.ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (SentenceOf(ViewContext, For) is not { } sentence)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "p";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "error");
        output.Attributes.SetAttribute("id", IdOf(For));
        output.Attributes.SetAttribute("role", "alert");
        output.Content.SetContent(sentence);
    }
}
