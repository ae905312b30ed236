using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Idempotency;
using AImetier.Portal.Features.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace AImetier.Portal.Features.Conversations;

/// <summary>The endpoint with which a key asks its teammate for work: a whole answer, a stream, or a receipt for later.</summary>
/// <remarks>RFC 7240, 4.1 for <c>Prefer: respond-async</c>.</remarks>
public static class AskEndpoint
{
    /// <summary>Longest wait for a whole answer; after it the work goes on and the client gets a receipt.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Value of <c>Retry-After</c> while a reply is being worked on.</summary>
    internal const string RetryWorking = "2";

    /// <summary>Maps <c>POST /api/v1/teammates/{id}/messages</c>.</summary>
    /// <param name="routes">The application.</param>
    internal static void MapAsks(this IEndpointRouteBuilder routes) => routes.MapTeammateApi().MapPost("/messages", AskAsync).WithName("askTeammate").WithTags("Conversations")
        .TakesJson<AskBody.Good>()
        .Produces<AskAnswerJson>(StatusCodes.Status200OK, AcceptHeader.Json, EventStreamWriter.ContentType).Produces<AskAnswerJson>(StatusCodes.Status202Accepted)
        .WithProblems(
            "validation_failed", "not_found", "not_acceptable", "payload_too_large", "unsupported_media_type", "teammate_paused", "conversation_busy", "idempotency_in_progress",
            "idempotency_mismatch", "too_many_at_once", "daily_limit", "model_failed", "model_timeout")
        .WithSummary("Ask for work")
        .WithDescription(
            """
            Asks the teammate and waits for its reply, at most a minute. What it would send out of the workspace waits for a person's approval and is listed in `approvals`.

            With `Prefer: respond-async`, or when the work takes longer than a minute, the answer is 202 with the address of the reply in `Location`; read it there until its status is not `working`.
            The work goes on when the client leaves. It ends when it is stopped or the key is revoked.

            With `Accept: text/event-stream` the same work comes as events: `message.accepted` (the question and the empty reply, shaped as the JSON answer), `message.delta` (`{"text"}`, a piece of the reply),
            `approval.requested` (an approval), and at the end `message.completed` (the whole JSON answer) or `message.failed` (a problem). A comment every 15 seconds shows that the connection lives.

            With an `Idempotency-Key` the request can be repeated safely within 24 hours: the answer is the first one, marked `Idempotent-Replayed: true`, and nothing is asked twice.
            """);

    private static async Task<IResult> AskAsync(
        HttpContext context, ConversationService conversations, AskAnswers answers, StreamedAsk stream, TimeProvider time, CancellationToken cancellationToken)
    {
        var accept = context.Request.Headers.Accept;
        var (asStream, asJson) = (AcceptHeader.QualityOf(EventStreamWriter.ContentType, accept), AcceptHeader.QualityOf(AcceptHeader.Json, accept));
        if (asStream is 0 && asJson is 0)
            return ApiProblem.Of("not_acceptable", "Send 'Accept: application/json' or 'Accept: text/event-stream'.");

        try
        {
            var (request, problem) = await ReadAsync(context, cancellationToken);
            if (request is null)
                return problem!;

            var outcome = await conversations.AskAsync(request, cancellationToken);
            if (asStream > asJson && outcome is AskOutcome.Started or AskOutcome.Answered)
                return await stream.WriteAsync(outcome, context);
            if (outcome is AskOutcome.Started(var running))
                outcome = PrefersReceipt(context.Request) ? outcome : await WaitAsync(running, time, cancellationToken);
            return outcome is AskOutcome.Started(var working) ? Receipt(working.Ask, context) : await answers.OfAsync(outcome, context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; the work goes on.
            return TypedResults.Empty;
        }
    }

    private static async Task<(AskRequest? Request, IResult? Problem)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var (bytes, problem) = await JsonBody.ReadAsync(context.Request, cancellationToken);
        if (problem is not null)
            return (null, problem);
        var read = AskBody.Read(bytes);
        if (read is AskBody.Refused(var errors))
            return (null, AskAnswers.Unfit(errors));
        var (repeatable, unfit) = RepeatableRequest.Read(context.Request.Headers[RepeatableRequest.Header], bytes.Span);
        if (unfit is not null)
            return (null, unfit);

        var body = (AskBody.Good)read;
        var key = TokenPrincipal.Of(context.User);
        return (new AskRequest(key.TeammateId, body.Text, body.ConversationId, body.Metadata, Requester.Key(key), ConversationSource.Api, repeatable), null);
    }

    private static bool PrefersReceipt(HttpRequest request) => request.Headers["Prefer"]
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Any(preference => preference.Split(';', 2)[0].TrimEnd().Equals("respond-async", StringComparison.OrdinalIgnoreCase));

    private static async Task<AskOutcome> WaitAsync(RunningReply running, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await running.Outcome.WaitAsync(LongestWait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new AskOutcome.Started(running);
        }
    }

    private static Accepted<AskAnswerJson> Receipt(BegunAsk ask, HttpContext context)
    {
        var reply = MessageJson.Of(ask.Reply, []);
        var address = context.Request.PublicAddress(
            $"/api/v1/teammates/{ask.TeammateId}/conversations/{reply.ConversationId}/messages/{reply.Id}");
        context.Response.Headers[HeaderNames.RetryAfter] = RetryWorking;
        if (PrefersReceipt(context.Request))
            context.Response.Headers["Preference-Applied"] = "respond-async";
        return TypedResults.Accepted(address, new AskAnswerJson(reply.ConversationId, MessageJson.Of(ask.Question, []), reply, []));
    }
}
