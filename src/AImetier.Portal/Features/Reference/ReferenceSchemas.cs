using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Webhooks;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AImetier.Portal.Features.Reference;

/// <summary>Names schemas, and adds to them what types do not say: which words a text can be, and the limits of a question.</summary>
public sealed class ReferenceSchemas : IOpenApiSchemaTransformer
{
    private const string More = "Further values may be added.";

    /// <summary>The API's words for states of a delivery.</summary>
    internal static readonly string[] DeliveryStates = [.. Enum.GetValues<DeliveryState>().Select(DeliveryJson.NameOf)];

    private static readonly string[] States = [.. Enum.GetValues<ApprovalState>().Select(ApprovalJson.NameOf)];
    private static readonly string[] Ended = [.. Enum.GetValues<MessageStatus>().Where(status => status != MessageStatus.Working).Select(MessageJson.NameOf)];

    private static readonly Dictionary<(Type Type, string Property), string[]> Words = new()
    {
        [(typeof(TeammateResource), "status")] = ["active", "paused"],
        [(typeof(MeEndpoints.Me), "model")] = ["practice", "live"],
        [(typeof(ConversationJson), "source")] = ["api", "mcp", "hook"],
        [(typeof(MessageJson), "author")] = ["user", "teammate"],
        [(typeof(MessageJson), "status")] = [.. Enum.GetValues<MessageStatus>().Select(MessageJson.NameOf)],
        [(typeof(MessageEvent), "state")] = Ended,
        [(typeof(RequesterJson), "kind")] = ["person", "key", "hook"],
        [(typeof(ApprovalJson), "kind")] = ["email"],
        [(typeof(ApprovalJson), "state")] = States,
        [(typeof(ApprovalEvent), "state")] = States,
        [(typeof(ApprovalJson), "decidedBy")] = ["person", "setting"],
        [(typeof(ApprovalJson), "blockedBy")] = ["no_connector"],
        [(typeof(WebhookJson), "state")] = [.. Enum.GetValues<WebhookState>().Select(WebhookJson.NameOf)],
        [(typeof(WebhookJson), "disabledReason")] = [.. Enum.GetValues<DisabledReason>().Select(WebhookJson.NameOf)],
        [(typeof(DeliveryJson), "state")] = DeliveryStates,
        [(typeof(DeliveryJson), "lastFailure")] = [.. Enum.GetValues<AttemptFailure>().Select(DeliveryJson.NameOf)],
    };

    private static readonly Dictionary<Type, string> Names = new()
    {
        [typeof(AskBody.Good)] = "Ask",
        [typeof(AskAnswerJson)] = "Answer",
        [typeof(ApiProblem.Body)] = "Problem",
        [typeof(TeammateResource)] = "Teammate",
    };

    /// <summary>Name of a type's schema, or null for one that stands where it is used.</summary>
    /// <param name="type">The type.</param>
    public static string? NameOf(JsonTypeInfo type) =>
        type.Type == typeof(JsonObject) || OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null ? null : NameOf(type.Type);

    /// <summary>Name of the schema of a record.</summary>
    /// <param name="type">The record's type.</param>
    public static string NameOf(Type type)
    {
        if (Names.TryGetValue(type, out var name))
            return name;
        if (!type.IsGenericType)
            return type.Name.EndsWith("Json", StringComparison.Ordinal) ? type.Name[..^4] : type.Name;
        var inner = NameOf(type.GetGenericArguments()[0]);
        return type.GetGenericTypeDefinition() == typeof(ListAnswer<>) ? inner + "List" : inner + "Body";
    }

    /// <summary>The schema of a text that is one of some words.</summary>
    /// <param name="words">The words.</param>
    public static OpenApiSchema OneOf(IEnumerable<string> words) => new() { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)word)] };

    /// <summary>The schema of an approval's state.</summary>
    public static OpenApiSchema State() => OneOf(States);

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // Answers hold numbers; that reading would also take them from texts concerns nobody.
        if (schema.Type is { } type && type.HasFlag(JsonSchemaType.Integer))
        {
            schema.Type = type & ~JsonSchemaType.String;
            schema.Pattern = null;
        }

        if (context.JsonPropertyInfo is not { } property)
            return Task.CompletedTask;
        if (Words.TryGetValue((property.DeclaringType, property.Name), out var words))
        {
            schema.Enum = [.. words.Select(word => (JsonNode)word)];
            if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
                schema.Enum.Add(JsonNullSentinel.JsonNull);
            schema.Description = schema.Description is null ? More : $"{schema.Description} {More}";
        }

        if (property.DeclaringType == typeof(AskBody.Good) && property.Name == "metadata")
        {
            schema.MaxProperties = AskText.MostMetadata;
            schema.AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = AskText.LongestValue };
        }

        return Task.CompletedTask;
    }
}
