using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace AImetier.Portal.Features.Reference;

/// <summary>Draws tables of fields and parameters out of JSON schemas.</summary>
/// <param name="document">The API's description, to follow references in.</param>
internal sealed class ApiFields(JsonNode document)
{
    private const string Objects = "objects.md";

    /// <summary>The name of the schema that a reference leads to, or null.</summary>
    /// <param name="schema">The schema.</param>
    public static string? NameOf(JsonNode? schema) => schema?["$ref"]?.GetValue<string>().Split('/')[^1];

    /// <summary>A link to a schema by its name.</summary>
    /// <param name="name">The schema's name.</param>
    public static string LinkTo(string name) => $"[{name}]({Objects}#{name.ToLowerInvariant()})";

    /// <summary>The schema itself, references followed.</summary>
    /// <param name="schema">The schema.</param>
    public JsonNode Follow(JsonNode schema) => NameOf(schema) is { } name ? document["components"]!["schemas"]![name]! : schema;

    /// <summary>The fields of an object, those of objects inside it with their path.</summary>
    /// <param name="schema">An object's schema.</param>
    /// <param name="marksRequired">Whether it says which are required; in answers, all are there.</param>
    public string Table(JsonNode schema, bool marksRequired)
    {
        var table = new StringBuilder("| Field | Type | Meaning |\n|---|---|---|\n");
        Append(table, Follow(schema), "", marksRequired);
        return table.ToString();
    }

    /// <summary>The parameters of an operation.</summary>
    /// <param name="parameters">Its parameters.</param>
    public static string Parameters(JsonArray parameters)
    {
        var table = new StringBuilder("| Parameter | In | Meaning |\n|---|---|---|\n");
        foreach (var parameter in parameters)
        {
            var schema = parameter!["schema"]!;
            table.Append(CultureInfo.InvariantCulture, $"| `{parameter["name"]}` | {parameter["in"]} | {Cell(parameter["description"])}{Limits(schema)} |\n");
        }

        return table.ToString();
    }

    private static void Append(StringBuilder table, JsonNode schema, string path, bool marksRequired)
    {
        var required = schema["required"]?.AsArray().Select(name => name!.GetValue<string>()).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var (name, field) in schema["properties"]?.AsObject() ?? [])
        {
            var optional = marksRequired && !required.Contains(name) ? ", optional" : "";
            table.Append(CultureInfo.InvariantCulture, $"| `{path}{name}` | {TypeOf(field!)}{optional} | {Cell(field!["description"])}{Limits(field)} |\n");
            if (NameOf(field) is null && field["properties"] is not null)
                Append(table, field, $"{path}{name}.", marksRequired);
        }
    }

    private static string TypeOf(JsonNode schema)
    {
        if (NameOf(schema) is { } name)
            return LinkTo(name);
        string[] types = schema["type"] is JsonArray several ? [.. several.Select(one => one!.GetValue<string>())] : [schema["type"]?.GetValue<string>() ?? "any"];
        return string.Join(" or ", types.OrderBy(type => type == "null").Select(type => type switch
        {
            "array" => $"array of {TypeOf(schema["items"]!)}",
            "string" when schema["format"]?.GetValue<string>() == "date-time" => "time",
            "object" when schema["additionalProperties"] is not null => "object of strings",
            _ => type,
        }));
    }

    private static string Limits(JsonNode schema)
    {
        var words = schema["enum"]?.AsArray().OfType<JsonNode>().Select(word => $"`{word}`").ToList() ?? [];
        var limits = new List<string>();
        if (words.Count > 1)
            limits.Add($"One of {string.Join(", ", words)}.");
        if (schema["minimum"] is { } least && schema["maximum"] is { } most)
            limits.Add(string.Create(CultureInfo.InvariantCulture, $"{least} to {most}."));
        if (schema["maxLength"] is { } longest)
            limits.Add(string.Create(CultureInfo.InvariantCulture, $"At most {longest.GetValue<int>():N0} characters."));
        if (schema["default"] is { } usual)
            limits.Add(string.Create(CultureInfo.InvariantCulture, $"`{usual}` unless told."));
        return limits.Count == 0 ? "" : " " + string.Join(' ', limits);
    }

    private static string Cell(JsonNode? text) => text?.GetValue<string>().ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal) ?? "";
}
