using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Shared;

/// <summary><c>&lt;time-until at="@instant" /&gt;</c>: how long until an instant in the future, with the exact instant on hover and in the markup.</summary>
/// <param name="text">Resources of Shared.</param>
/// <param name="time">The clock.</param>
/// <param name="reader">Zone of the reader.</param>
[HtmlTargetElement("time-until", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TimeUntilTagHelper(IStringLocalizer<SharedText> text, TimeProvider time, ReaderZone reader) : TagHelper
{
    /// <summary>The instant.</summary>
    public required DateTimeOffset At { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", text.Exact(At, reader.Zone));
        output.Content.SetContent(text.Until(At, time.GetUtcNow()));
    }
}
