using AImetier.Portal.Features.Idempotency;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.OpenApi;

namespace AImetier.Portal.Features.Reference;

/// <summary>Parameters that endpoints read by hand.</summary>
public static class ReferenceParameters
{
    /// <summary>Parts of paths, by name.</summary>
    internal static readonly IReadOnlyDictionary<string, string> InPath = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["id"] = "Id of the key's teammate (`tm_…`), or `me`.",
        ["conversationId"] = "Id of a conversation (`cv_…`).",
        ["messageId"] = "Id of a message (`msg_…`).",
        ["approvalId"] = "Id of an approval (`apr_…`).",
        ["webhookId"] = "Id of an endpoint (`we_…`).",
        ["hookId"] = "Id of an incoming address (`hk_…`).",
    };

    /// <summary>A part of the path.</summary>
    /// <param name="name">A key of <see cref="InPath"/>.</param>
    internal static OpenApiParameter Path(string name)
    {
        var parameter = Text(name, ParameterLocation.Path, InPath[name]);
        parameter.Required = true;
        return parameter;
    }

    /// <summary>What every list takes.</summary>
    internal static IEnumerable<OpenApiParameter> OfLists()
    {
        yield return new()
        {
            Name = "limit",
            In = ParameterLocation.Query,
            Description = "Most entries.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{ListQuery.Most}", Default = ListQuery.Usual },
        };
        yield return Text("cursor", ParameterLocation.Query, "The `nextCursor` of the answer before, unchanged.");
        var order = ReferenceSchemas.OneOf(["desc", "asc"]);
        order.Default = "desc";
        yield return new() { Name = "order", In = ParameterLocation.Query, Description = "By creation: newest first, or oldest first.", Schema = order };
    }

    /// <summary>What single operations take.</summary>
    /// <param name="operationId">Name of the endpoint.</param>
    internal static IEnumerable<OpenApiParameter> Of(string? operationId)
    {
        switch (operationId)
        {
            case "askTeammate":
                var key = Text(RepeatableRequest.Header, ParameterLocation.Header, "1 to 255 visible characters that you choose, new for every ask: the request can then be repeated safely for 24 hours.");
                key.Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotentRequest.LongestKey, Pattern = "^[!-~]+$" };
                yield return key;
                yield return Text("Prefer", ParameterLocation.Header, "`respond-async`: do not wait for the reply. RFC 7240.");
                break;
            case "sendToHook":
                yield return Text(WebhookSignature.IdHeader, ParameterLocation.Header, "Id of the message, the same when it is repeated. With a signature of Standard Webhooks it is needed.");
                yield return Text(WebhookSignature.TimestampHeader, ParameterLocation.Header, "Time of the attempt in Unix seconds. With a signature of Standard Webhooks it is needed.");
                yield return Text(HookEndpoint.GitHubDelivery, ParameterLocation.Header, "Id of the message, as GitHub sends it.");
                yield return Text(RepeatableRequest.Header, ParameterLocation.Header, "Id of the message, where the sender has no other header for it.");
                break;
            case "listApprovals":
                yield return new() { Name = "state", In = ParameterLocation.Query, Description = "Only approvals in this state.", Schema = ReferenceSchemas.State() };
                break;
            case "listWebhookDeliveries":
                yield return new() { Name = "state", In = ParameterLocation.Query, Description = "Only deliveries in this state.", Schema = ReferenceSchemas.OneOf(ReferenceSchemas.DeliveryStates) };
                break;
            case "listEvents":
                yield return Text("Last-Event-ID", ParameterLocation.Header, "Streams alone: the id of the last event that you have seen. The stream goes on after it.");
                break;
        }
    }

    private static OpenApiParameter Text(string name, ParameterLocation place, string description) =>
        new() { Name = name, In = place, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
