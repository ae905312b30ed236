using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Reference;

/// <summary>Writes the line of curl that calls an operation.</summary>
internal static partial class ApiSample
{
    // Where a body may be anything.
    private const string AnyBody = """{"name": "Anna", "message": "A table for two on Friday?"}""";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The sample. Ids in the path are variables of the shell: <c>{messageId}</c> becomes <c>$MESSAGE_ID</c>.</summary>
    /// <param name="operation">The operation.</param>
    public static string Of(ApiDescription.Operation operation)
    {
        var body = operation.Node["requestBody"]?["content"]?[AcceptHeader.Json];
        var path = operation.Path.Replace("/teammates/{id}", ManualFill.ExampleTeammate, StringComparison.Ordinal);
        var address = Parameter().Replace(ManualFill.ExampleAddress + path, match => "$" + Hump().Replace(match.Groups["name"].Value, "_").ToUpperInvariant());
        var sample = new StringBuilder("curl ");
        if (operation.Method != (body is null ? "GET" : "POST"))
            sample.Append("-X ").Append(operation.Method).Append(' ');
        sample.Append(address.Contains('$', StringComparison.Ordinal) ? $"\"{address}\"" : address);
        sample.Append(" \\\n  -H \"Authorization: Bearer $AIMETIER_API_KEY\"");
        if (operation.Answers["200"]?["content"]?[EventStreamWriter.ContentType] is not null && body is null)
            sample.Append(" \\\n  -H \"Accept: application/json\"");
        if (body is not null)
        {
            var text = body["example"] is { } example ? Pretty(WithoutIds(example)) : AnyBody;
            sample.Append(" \\\n  -H \"Content-Type: application/json\" \\\n  -d '").Append(text.Replace("'", "'\\''", StringComparison.Ordinal)).Append('\'');
        }

        return sample.Append('\n').ToString();
    }

    /// <summary>JSON as people read it.</summary>
    /// <param name="json">The JSON.</param>
    public static string Pretty(JsonNode json) => json.ToJsonString(Indented);

    // The ids of an example exist nowhere.
    private static JsonObject WithoutIds(JsonNode example) =>
        new(example.AsObject().Where(field => !field.Key.EndsWith("Id", StringComparison.Ordinal)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Hump();
}
