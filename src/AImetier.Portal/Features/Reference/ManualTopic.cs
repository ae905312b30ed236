namespace AImetier.Portal.Features.Reference;

/// <summary>A page of the manual, rendered once; <see cref="ManualFill"/> makes it that of a reader.</summary>
/// <param name="Slug">Its part of the address.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Summary">Its first sentence, without markup.</param>
/// <param name="Markdown">Its source.</param>
/// <param name="Html">What stands below the heading, with places to fill.</param>
/// <param name="Sections">Its parts in order.</param>
public sealed record ManualTopic(string Slug, string Title, string Summary, string Markdown, string Html, IReadOnlyList<ManualSection> Sections)
{
    /// <summary>Address of the page.</summary>
    public string Path => $"/developers/{Slug}";
}
