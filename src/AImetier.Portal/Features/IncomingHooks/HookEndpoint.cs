using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Idempotency;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.Net.Http.Headers;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>The endpoint at which other systems hand a teammate work.</summary>
public static class HookEndpoint
{
    /// <summary>Header with GitHub's id of a delivery.</summary>
    public const string GitHubDelivery = "X-GitHub-Delivery";

    // Each says which message it is.
    private static readonly string[] DeliveryHeaders = [WebhookSignature.IdHeader, GitHubDelivery, RepeatableRequest.Header];

    /// <summary>Maps <c>POST /api/v1/teammates/{id}/hooks/{hookId}</c>. Nobody is turned away by its policy: each hook asks for its own proof.</summary>
    /// <param name="routes">The application.</param>
    public static void MapIncomingHooks(this IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/teammates/{id}/hooks/{hookId}", TakeAsync).AllowAnonymous()
        .WithName("sendToHook").WithTags("Hooks")
        .TakesAnyOf(HookQuestion.Json, HookQuestion.Form, HookQuestion.PlainText).Produces<HookAnswerJson>(StatusCodes.Status202Accepted)
        .WithProblems(
            "malformed_authorization", "validation_failed", "invalid_key", "invalid_proof", "wrong_teammate", "not_found", "hook_paused", "teammate_paused", "payload_too_large",
            "unsupported_media_type", "idempotency_mismatch", "rate_limited", "too_many_at_once", "daily_limit", "internal_error", "busy")
        .WithSummary("Hand in work")
        .WithDescription(
            """
            An address that an admin makes in Settings > Developer for a system that can post. The body makes the question, through the template of the address; the work goes on after the answer.
            `messageId` is the reply that is being written.

            The sender proves itself as the address asks: with a key of the teammate as bearer; with the three headers of Standard Webhooks; or with `X-Hub-Signature-256`, the HMAC-SHA256 of the body as GitHub makes it.
            Signatures are checked over the exact bytes, and where they carry a time it may be 5 minutes away at most.
            Without proof the answer is the same for every address, also for those that do not exist.

            A message that is repeated within 24 hours gets the first answer, marked `Idempotent-Replayed: true`, and nothing is asked again. Which message it is say `webhook-id`, `X-GitHub-Delivery` or `Idempotency-Key`;
            with `X-Hub-Signature-256` the same body is the same message as well.
            """);

    private static async Task<IResult> TakeAsync(string id, string hookId, HttpContext context, HookIntake intake, HookAnswers answers, CancellationToken cancellationToken)
    {
        // What the door could not even read or check says nothing about any hook.
        if (context.Features.Get<KeyRefusal>() is { Code: not ("invalid_key" or "rate_limited") })
            return HookAnswers.KeyRefused();
        if (TokenPrincipal.TryGet(context.User, out var key))
        {
            if (OwnTeammate.RefusalOf(key, id) is { } refusal)
                return refusal;
            id = key.TeammateId;
        }

        var proof = ProofOf(context, key);
        var body = ReadOnlyMemory<byte>.Empty;
        if (proof is not (PresentedProof.Nothing or PresentedProof.RefusedKey))
        {
            // What can prove nothing is not read.
            (body, var problem) = await JsonBody.ReadBytesAsync(context.Request, cancellationToken);
            if (problem is not null)
            {
                await intake.NoteTooLargeAsync(id, hookId, cancellationToken);
                return problem;
            }
        }

        var request = new HookRequest(id, hookId, proof, ContentTypeOf(context.Request), body, [.. DeliveriesOf(context.Request)]);
        return answers.Of(await intake.TakeAsync(request, cancellationToken), request, context);
    }

    private static PresentedProof ProofOf(HttpContext context, TokenPrincipal? key)
    {
        var headers = context.Request.Headers;
        string Header(string name) => headers[name].ToString();
        return key is not null ? new PresentedProof.Key(key)
            : context.Features.Get<KeyRefusal>() is not null ? new PresentedProof.RefusedKey()
            : headers.ContainsKey(WebhookSignature.SignatureHeader)
                ? new PresentedProof.Standard(Header(WebhookSignature.IdHeader), Header(WebhookSignature.TimestampHeader), Header(WebhookSignature.SignatureHeader))
            : headers.ContainsKey(GitHubSignature.Header) ? new PresentedProof.GitHub(Header(GitHubSignature.Header))
            : new PresentedProof.Nothing();
    }

    private static string? ContentTypeOf(HttpRequest request) => request.Headers.ContainsKey(HeaderNames.ContentEncoding) ? null : request.ContentType;

    private static IEnumerable<(string Header, string Value)> DeliveriesOf(HttpRequest request) =>
        DeliveryHeaders.Select(name => (Header: name, Value: request.Headers[name].ToString())).Where(delivery => delivery.Value.Length > 0);
}
