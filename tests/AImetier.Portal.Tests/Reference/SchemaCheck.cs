using System.Text.Json;
using System.Text.Json.Nodes;

namespace AImetier.Portal.Tests.Reference;

/// <summary>
/// Checks JSON against the schemas of a description: references, types, words, required properties, and, stricter than a schema,
/// that no property is there which the description does not name.
/// </summary>
public sealed class SchemaCheck(JsonNode document)
{
    /// <summary>What does not fit in an answer.</summary>
    public IReadOnlyList<string> Problems(string method, string path, string status, JsonNode? body) =>
        [.. Check(document["paths"]![path]![method]!["responses"]![status]!["content"]!["application/json"]!["schema"]!, body, "")];

    /// <summary>What does not fit in the answer to a call that succeeded.</summary>
    public IReadOnlyList<string> Problems(string method, string path, JsonNode? body) =>
        Problems(method, path, document["paths"]![path]![method]!["responses"]!.AsObject().First(answer => answer.Key.StartsWith('2')).Key, body);

    /// <summary>What does not fit in the body of a webhook.</summary>
    public IReadOnlyList<string> Problems(string webhook, JsonNode? body) =>
        [.. Check(document["webhooks"]![webhook]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!, body, "")];

    private IEnumerable<string> Check(JsonNode schema, JsonNode? value, string place)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
            schema = reference.Split('/').Skip(1).Aggregate(document, (node, part) => node[part]!);
        if (!Types(schema["type"]).Contains(TypeOf(value), StringComparer.Ordinal))
            return [$"{place} is of another type"];
        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            return [$"{place} is another word"];
        return value switch
        {
            JsonObject entries => CheckObject(schema, entries, place),
            JsonArray items => items.SelectMany((item, index) => Check(schema["items"]!, item, $"{place}[{index}]")),
            _ => [],
        };
    }

    private IEnumerable<string> CheckObject(JsonNode schema, JsonObject value, string place)
    {
        foreach (var name in (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).Where(name => !value.ContainsKey(name)))
            yield return $"{place}.{name} is missing";
        if (schema["properties"] is null && schema["additionalProperties"] is null)
            yield break;
        foreach (var (name, entry) in value)
        {
            var described = schema["properties"]?[name] ?? schema["additionalProperties"];
            foreach (var problem in described is null ? [$"{place}.{name} is not described"] : Check(described, entry, $"{place}.{name}"))
                yield return problem;
        }
    }

    private static IEnumerable<string> Types(JsonNode? type) => type is JsonArray several ? several.Select(one => one!.GetValue<string>()) : [type!.GetValue<string>()];

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "integer",
    };
}
