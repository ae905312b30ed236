using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AImetier.Portal.Features.Reference;

/// <summary>The API's description as <c>/openapi/v1.json</c> serves it, for the pages that are drawn from it.</summary>
internal sealed class ApiDescription
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    private ApiDescription(JsonNode document)
    {
        Document = document;
        Operations =
        [
            .. from path in document["paths"]!.AsObject()
               from entry in path.Value!.AsObject()
               where Methods.Contains(entry.Key, StringComparer.Ordinal)
               select new Operation(entry.Key.ToUpperInvariant(), path.Key, entry.Value!),
        ];
    }

    /// <summary>The whole document.</summary>
    public JsonNode Document { get; }

    /// <summary>Every operation, in the document's order.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>Reads it, speaking of a Portal at <see cref="ManualFill.ExampleAddress"/>.</summary>
    /// <param name="provider">Of the document.</param>
    public static async Task<ApiDescription> ReadAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        var address = document.Servers![0].Url!;
        var text = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return new(JsonNode.Parse(address.Length == 0 ? text : text.Replace(address, ManualFill.ExampleAddress, StringComparison.Ordinal))!);
    }

    /// <summary>An operation.</summary>
    /// <param name="Method">In capitals.</param>
    /// <param name="Path">With its parameters in braces.</param>
    /// <param name="Node">Its description.</param>
    internal sealed record Operation(string Method, string Path, JsonNode Node)
    {
        /// <summary>Word of the tag that it belongs to.</summary>
        public string Tag => Node["tags"]![0]!.GetValue<string>();

        /// <summary>What it does, in a few words: its heading.</summary>
        public string Summary => Node["summary"]!.GetValue<string>();

        /// <summary>Answers by status.</summary>
        public JsonObject Answers => Node["responses"]!.AsObject();

        /// <summary>What it answers when all goes well, by status.</summary>
        public IEnumerable<(string Status, JsonNode Answer)> Successes => Answers.Where(answer => answer.Key.StartsWith('2')).Select(answer => (answer.Key, answer.Value!));

        /// <summary>Codes of the problems that it may answer with.</summary>
        public IEnumerable<string> Problems => Answers
            .SelectMany(answer => answer.Value!["content"]?[ReferenceProblems.ContentType]?["examples"]?.AsObject().Select(example => example.Key) ?? []);

        /// <summary>Link to its heading.</summary>
        public string Link => $"{ApiTopics.SlugOf(Tag)}.md#{Markdig.Helpers.LinkHelper.UrilizeAsGfm(Summary)}";
    }
}
