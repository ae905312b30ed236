using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace AImetier.Portal.Features.Reference;

/// <summary>Markup of the manual: rendered from sources that are part of the program, and filled with encoded values alone.</summary>
public sealed class ManualHtml : IHtmlContent
{
    private readonly string _html;

    internal ManualHtml(string html) => _html = html;

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(_html);

    /// <inheritdoc/>
    public override string ToString() => _html;
}
