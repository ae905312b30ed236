using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Reference;

/// <summary>Draws the topics about endpoints, objects and events out of the API's description, as sources like all others.</summary>
/// <param name="api">The description.</param>
internal sealed class ApiTopics(ApiDescription api)
{
    /// <summary>The overview of all endpoints; what it says first is written by hand.</summary>
    public const string Overview = "endpoints";

    private const string Objects = "objects";
    private const string Events = "event-types";
    private const string Beginning = "api-";

    // What endpoints.md tells of once for all.
    private static readonly HashSet<string> Everywhere = new(StringComparer.Ordinal)
    {
        "malformed_authorization", "missing_key", "invalid_key", "wrong_teammate", "rate_limited", "internal_error", "busy",
    };

    private readonly ApiFields _fields = new(api.Document);

    /// <summary>The topic of a tag.</summary>
    /// <param name="tag">The tag's word.</param>
    public static string SlugOf(string tag) => Beginning + tag.ToLowerInvariant().Replace(' ', '-');

    /// <summary>Slugs of the drawn topics in their order, the overview aside.</summary>
    public IReadOnlyList<string> Slugs => [.. Tags.Select(tag => SlugOf(NameOf(tag))), Objects, Events];

    /// <summary>Draws every topic but the overview.</summary>
    public IEnumerable<(string Slug, string Markdown)> Draw() =>
        [.. Tags.Select(tag => (SlugOf(NameOf(tag)), OfTag(tag))), (Objects, OfObjects()), (Events, OfEvents())];

    /// <summary>The list of all endpoints.</summary>
    public string List()
    {
        var list = new StringBuilder();
        foreach (var tag in Tags)
        {
            list.Append(CultureInfo.InvariantCulture, $"## {NameOf(tag)}\n\n{tag["description"]}\n\n| | Endpoint |\n|---|---|\n");
            foreach (var operation in OperationsOf(tag))
                list.Append(CultureInfo.InvariantCulture, $"| [{operation.Summary}]({operation.Link}) | `{operation.Method} {operation.Path}` |\n");
            list.Append('\n');
        }

        return list.ToString();
    }

    private IEnumerable<JsonNode> Tags => api.Document["tags"]!.AsArray().Select(tag => tag!).Where(tag => OperationsOf(tag).Any());

    private IEnumerable<ApiDescription.Operation> OperationsOf(JsonNode tag) => api.Operations.Where(operation => operation.Tag == NameOf(tag));

    private static string NameOf(JsonNode tag) => tag["name"]!.GetValue<string>();

    private string OfTag(JsonNode tag)
    {
        var topic = new StringBuilder();
        topic.Append(CultureInfo.InvariantCulture, $"# {NameOf(tag)}\n\n{tag["description"]}\n\n");
        foreach (var operation in OperationsOf(tag))
            Append(topic, operation);
        return topic.ToString();
    }

    private void Append(StringBuilder topic, ApiDescription.Operation operation)
    {
        topic.Append(CultureInfo.InvariantCulture, $"## {operation.Summary}\n\n`{operation.Method} {operation.Path}`\n\n{operation.Node["description"]}\n\n");
        if (operation.Node["parameters"]?.AsArray() is { Count: > 0 } parameters)
            topic.Append(ApiFields.Parameters(parameters)).Append('\n');
        if (operation.Node["requestBody"] is { } body)
        {
            topic.Append(CultureInfo.InvariantCulture, $"The body: {body["description"]}\n\n");
            if (_fields.Follow(body["content"]![AcceptHeader.Json]!["schema"]!) is { } schema && schema["properties"] is not null)
                topic.Append(_fields.Table(schema, marksRequired: true)).Append('\n');
        }

        foreach (var (status, answer) in operation.Successes)
            topic.Append(CultureInfo.InvariantCulture, $"**{status}** {answer["description"]}{AnswerOf(answer["content"]?[AcceptHeader.Json]?["schema"])}\n\n");

        topic.Append("Errors: ").AppendJoin(", ", operation.Problems.Except(Everywhere, StringComparer.Ordinal).Select(Code).Append("[those of every call](endpoints.md#errors-of-every-call)")).Append(".\n\n");
        topic.Append(CultureInfo.InvariantCulture, $"[Try this call]({TryCalls.LinkTo(operation)})\n\n");
        topic.Append("```bash\n").Append(ApiSample.Of(operation)).Append("```\n\n");
        if (operation.Successes.Select(answer => answer.Answer["content"]?[AcceptHeader.Json]?["example"]).FirstOrDefault() is { } example)
            topic.Append("```json example\n").Append(ApiSample.Pretty(example)).Append("\n```\n\n");
    }

    private string AnswerOf(JsonNode? schema)
    {
        if (ApiFields.NameOf(schema) is not { } name)
            return "";
        var entries = _fields.Follow(schema!)["properties"]?["data"]?["items"];
        return ApiFields.NameOf(entries) is { } entry
            ? $" A [list](pagination.md) of {ApiFields.LinkTo(entry)}."
            : $" {ApiFields.LinkTo(name)}.";
    }

    private string OfObjects()
    {
        var topic = new StringBuilder("# Objects\n\nWhat answers are made of. Times are UTC in RFC 3339. Ignore fields that you do not know: v1 [only adds](changelog.md#what-may-change).\n\n");
        foreach (var (name, schema) in api.Document["components"]!["schemas"]!.AsObject().Where(schema => IsObject(schema.Key)))
            topic.Append(CultureInfo.InvariantCulture, $"## {name}\n\n{schema!["description"]}\n\n{_fields.Table(schema, marksRequired: name == "Problem")}\n");
        return topic.ToString();
    }

    // Lists are told of with pagination, questions with their endpoint, bodies of events with their type.
    private static bool IsObject(string name) => name != "Ask" && !name.EndsWith("List", StringComparison.Ordinal) && !name.EndsWith("EventBody", StringComparison.Ordinal);

    private string OfEvents()
    {
        var topic = new StringBuilder("# Event types\n\nWhat a [webhook](webhooks.md) posts, and what the [stream of events](approvals.md#follow-the-events) carries in `data`: ids and state, never what people wrote. Read the rest with a key.\n\n");
        foreach (var (type, path) in api.Document["webhooks"]!.AsObject())
        {
            var content = path!["post"]!["requestBody"]!["content"]![AcceptHeader.Json]!;
            topic.Append(CultureInfo.InvariantCulture, $"## {type}\n\n{path["post"]!["summary"]}.\n\n{_fields.Table(_fields.Follow(content["schema"]!)["properties"]!["data"]!, marksRequired: false)}\n");
            topic.Append("```json example\n").Append(ApiSample.Pretty(content["example"]!)).Append("\n```\n\n");
        }

        return topic.ToString();
    }

    private static string Code(string code) => $"[`{code}`](errors.md#{code})";
}
