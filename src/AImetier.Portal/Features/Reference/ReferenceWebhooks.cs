using System.Text.Json.Nodes;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AImetier.Portal.Features.Reference;

/// <summary>Describes the bodies of events, which streams carry as well.</summary>
public sealed class ReferenceWebhooks : IOpenApiDocumentTransformer
{
    private static readonly (string Type, string Summary, Type Body, JsonNode? Example)[] Events =
    [
        ("message.completed", "A reply is whole", typeof(EventJson<MessageEvent>), ReferenceExamples.Message("message.completed", MessageStatus.Completed)),
        ("message.failed", "A reply failed or was stopped", typeof(EventJson<MessageEvent>), ReferenceExamples.Message("message.failed", MessageStatus.Failed)),
        ("approval.requested", "Something waits for a person's approval", typeof(EventJson<ApprovalEvent>), ReferenceExamples.Approval("approval.requested", ApprovalState.Waiting)),
        ("approval.decided", "An approval was decided, or it ended without a decision", typeof(EventJson<ApprovalEvent>), ReferenceExamples.Approval("approval.decided", ApprovalState.Approved)),
        ("approval.sent", "What was approved has left", typeof(EventJson<ApprovalEvent>), ReferenceExamples.Approval("approval.sent", ApprovalState.Sent)),
        ("approval.saved", "What was approved was saved to the practice outbox; it has not left", typeof(EventJson<ApprovalEvent>), ReferenceExamples.Approval("approval.saved", ApprovalState.Saved)),
        ("approval.failed", "What was approved could not be sent", typeof(EventJson<ApprovalEvent>), ReferenceExamples.Approval("approval.failed", ApprovalState.Failed)),
        ("approval.uncertain", "Nobody knows whether what was approved has left", typeof(EventJson<ApprovalEvent>), ReferenceExamples.Approval("approval.uncertain", ApprovalState.Uncertain)),
        ("token.created", "A key was made", typeof(EventJson<TokenEvent>), ReferenceExamples.Token("token.created")),
        ("token.revoked", "A key was revoked", typeof(EventJson<TokenEvent>), ReferenceExamples.Token("token.revoked")),
        (WebhookEvents.Ping, "A person sent a test to this endpoint", typeof(EventJson<PingEvent>), ReferenceExamples.Ping()),
    ];

    private static readonly string Signed =
        $"Signed per Standard Webhooks 1.0 in the headers `{WebhookSignature.IdHeader}`, `{WebhookSignature.TimestampHeader}` and `{WebhookSignature.SignatureHeader}`: check the signature over the raw body before you trust it.";

    /// <inheritdoc/>
    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Webhooks = new Dictionary<string, IOpenApiPathItem>(StringComparer.Ordinal);
        foreach (var (type, summary, body, example) in Events)
        {
            var schema = await ReferenceDocument.ReferAsync(document, body, asked => context.GetOrCreateSchemaAsync(asked, null, cancellationToken));
            document.Webhooks[type] = new OpenApiPathItem
            {
                Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = Operation(document, type, summary, schema, example) },
            };
        }
    }

    private static OpenApiOperation Operation(OpenApiDocument document, string type, string summary, IOpenApiSchema schema, JsonNode? example) => new()
    {
        OperationId = string.Concat("on", string.Concat(type.Split('.').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))),
        Tags = new HashSet<OpenApiTagReference> { new("Events", document) },
        Summary = summary,
        Description = $"Event `{type}`: ids and state, never what people wrote. An event may come twice, with the same id, and events may come in another order. {Signed}",
        Security = [],
        RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [AcceptHeader.Json] = new() { Schema = schema, Example = example?.DeepClone() },
            },
        },
        Responses = new OpenApiResponses
        {
            ["2XX"] = new OpenApiResponse { Description = "Taken." },
            ["410"] = new OpenApiResponse { Description = "The receiver wants no more events, ever: the endpoint is switched off." },
            ["4XX"] = new OpenApiResponse { Description = "Not taken; it is tried again later, 9 times within about 3 days, and not before `Retry-After`." },
        },
    };
}
