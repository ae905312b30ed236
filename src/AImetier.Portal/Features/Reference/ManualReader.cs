using System.Reflection;
using System.Text.RegularExpressions;
using AImetier.Portal.Features.Shared;
using Microsoft.AspNetCore.OpenApi;

namespace AImetier.Portal.Features.Reference;

/// <summary>
/// Reads the manual: the sources in <c>Topics</c>, which are part of the program, and those drawn from the API's description. Once, when the
/// first reader comes: the description needs every endpoint to be mapped, and a Portal whose manual nobody opens should not pay for it.
/// </summary>
/// <param name="description">Of the API.</param>
public sealed partial class ManualReader([FromKeyedServices(ReferenceServices.Document)] IOpenApiDocumentProvider description)
{
    private const string Drawn = "*";
    private const string Errors = "errors";

    // The contents. What is drawn from the description stands at the asterisk.
    private static readonly (string Name, string[] Slugs)[] Contents =
    [
        ("Start", ["quickstart", "authentication", "testing"]),
        ("Guides", ["approvals", "streaming", "idempotency"]),
        ("Connect", ["webhooks", "incoming", "mcp", "openai"]),
        ("Reference", [ApiTopics.Overview, Drawn, "errors", "pagination", "rate-limits", "changelog"]),
    ];

    private readonly Lock _lock = new();
    private Task<Manual>? _manual;

    /// <summary>The manual.</summary>
    public Task<Manual> ReadAsync()
    {
        lock (_lock)
        {
            // What failed is tried again by the next reader.
            if (_manual is null or { IsFaulted: true })
                _manual = Task.Run(MakeAsync);
            return _manual;
        }
    }

    private async Task<Manual> MakeAsync()
    {
        var api = new ApiTopics(await ApiDescription.ReadAsync(description));
        var sources = api.Draw().ToDictionary(source => source.Slug, source => source.Markdown, StringComparer.Ordinal);
        foreach (var slug in Contents.SelectMany(group => group.Slugs).Where(slug => slug != Drawn))
            sources.Add(slug, await SourceOfAsync(slug));
        sources[ApiTopics.Overview] += "\n" + api.List();
        sources[Errors] = CodeHeading().Replace(sources[Errors], match => WithProblem(match.Groups["code"].Value));
        return new(
        [
            .. Contents.Select(group => new ManualGroup(
                group.Name,
                [.. group.Slugs.SelectMany(slug => slug == Drawn ? api.Slugs : [slug]).Select(slug => ManualMarkdown.Render(slug, sources[slug]))])),
        ]);
    }

    // What the code says of itself stands below its heading.
    private static string WithProblem(string code)
    {
        var (status, title) = ApiProblem.All[code];
        return $"### {code}\n\n**{status}** {title}.\n";
    }

    private static async Task<string> SourceOfAsync(string slug)
    {
        await using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{typeof(ManualReader).Namespace}.Topics.{slug}.md")
            ?? throw new InvalidOperationException($"The manual's topic '{slug}' has no source.");
        using var reader = new StreamReader(stream);
        return (await reader.ReadToEndAsync()).ReplaceLineEndings("\n");
    }

    [GeneratedRegex("^### (?<code>[a-z_]+)\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeHeading();
}
