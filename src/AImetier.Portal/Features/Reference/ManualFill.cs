using System.Text.Encodings.Web;

namespace AImetier.Portal.Features.Reference;

/// <summary>
/// Makes a topic that of one installation and one teammate. The sources stand for themselves, so that they can be read and their samples be run
/// as they are: they speak of a Portal at <see cref="ExampleAddress"/> and of the teammate <c>me</c>.
/// </summary>
/// <param name="Address">Address of this Portal, without a slash at its end.</param>
/// <param name="TeammateId">The teammate that was picked; checked, for it stands in every sample. Null for <c>me</c>.</param>
public sealed record ManualFill(string Address, string? TeammateId)
{
    /// <summary>The Portal of the sources.</summary>
    public const string ExampleAddress = "http://localhost:5080";

    /// <summary>The teammate of the sources, in paths.</summary>
    public const string ExampleTeammate = "/teammates/me";

    /// <summary>Stands in rendered links for <see cref="Query"/>.</summary>
    internal const string QuerySlot = "?teammate=me";

    /// <summary>What links to other topics carry along.</summary>
    public string Query => TeammateId is null ? "" : $"?teammate={TeammateId}";

    /// <summary>Fills rendered markup.</summary>
    /// <param name="html">Of <see cref="ManualTopic.Html"/>.</param>
    public ManualHtml Html(string html) =>
        new(Fill(html, HtmlEncoder.Default.Encode(Address)).Replace(QuerySlot, Query, StringComparison.Ordinal));

    /// <summary>Fills a source.</summary>
    /// <param name="markdown">Of <see cref="ManualTopic.Markdown"/>.</param>
    public string Markdown(string markdown) => Fill(markdown, Address);

    private string Fill(string text, string address)
    {
        var filled = text.Replace(ExampleAddress, address, StringComparison.Ordinal);
        return TeammateId is null ? filled : filled.Replace(ExampleTeammate, $"/teammates/{TeammateId}", StringComparison.Ordinal);
    }
}
