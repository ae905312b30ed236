using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Idempotency;
using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Puts the outcome of an ask into an answer of the API.</summary>
/// <param name="channel">Says whether approvals could be sent.</param>
public sealed class AskAnswers(IOutwardChannel channel)
{
    /// <summary>The answer for an outcome that is not <see cref="AskOutcome.Started"/>.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="context">The request.</param>
    public async Task<IResult> OfAsync(AskOutcome outcome, HttpContext context)
    {
        if (outcome is not AskOutcome.Answered answered)
            return Problem(outcome, context);
        if (answered.Replayed)
            context.Response.Headers[RepeatableRequest.ReplayedHeader] = "true";
        return TypedResults.Ok(await JsonOfAsync(answered, context.RequestAborted));
    }

    /// <summary>The body of a good answer.</summary>
    /// <param name="answered">The stored question and reply.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<AskAnswerJson> JsonOfAsync(AskOutcome.Answered answered, CancellationToken cancellationToken)
    {
        var state = answered.Approvals.Count == 0 ? default : await channel.StateAsync(cancellationToken);
        return new AskAnswerJson(
            answered.Question.ConversationId,
            MessageJson.Of(answered.Question, []),
            MessageJson.Of(answered.Reply, [.. answered.Approvals.Select(approval => approval.Id)]),
            [.. answered.Approvals.Select(approval => ApprovalJson.Of(approval, state))]);
    }

    /// <summary>The problem of an outcome without an answer.</summary>
    /// <param name="outcome">Neither started nor answered.</param>
    /// <param name="context">The request; null where its answer has begun.</param>
    public static IResult Problem(AskOutcome outcome, HttpContext? context) => outcome switch
    {
        AskOutcome.Validation(var errors) => Unfit(errors),
        AskOutcome.TeammatePaused => ApiProblem.Of("teammate_paused", "The teammate is paused. An admin of the Portal can resume it; the key stays good."),
        AskOutcome.ConversationNotFound => ApiProblem.Of("not_found", "This teammate has no such conversation for keys. Leave 'conversationId' out to begin one."),
        AskOutcome.ConversationBusy(var retryAfter) =>
            ApiProblem.Of("conversation_busy", "The conversation is working on another question. Nothing was stored; try again.", retryAfter),
        AskOutcome.AlreadyWorking(var retryAfter) =>
            ApiProblem.Of("idempotency_in_progress", "The same request is being worked on. Repeat it later for its answer.", retryAfter),
        AskOutcome.OtherBody => ApiProblem.Of("idempotency_mismatch", "This Idempotency-Key was used with another body within 24 hours. Nothing was done; choose a new one."),
        AskOutcome.WorkLimited(var limit, var retryAfter) => Limited(limit, retryAfter),
        AskOutcome.ModelTimeout => ApiProblem.Of("model_timeout", "The model took too long. The question was kept; repeat it with the same Idempotency-Key to have it asked again."),
        AskOutcome.ModelFailed => ApiProblem.Of("model_failed", "The model failed. The question was kept; repeat it with the same Idempotency-Key to have it asked again."),
        _ => KeyEnded(context),
    };

    /// <summary>The answer to a body that does not fit.</summary>
    /// <param name="errors">Sentences by field.</param>
    public static IResult Unfit(IReadOnlyDictionary<string, string[]> errors) =>
        ApiProblem.Of("validation_failed", "The body does not fit; 'errors' says which fields and why.", errors: errors);

    /// <summary>The answer when the key was good at the door and is not any more.</summary>
    /// <param name="context">The request; null where its answer has begun.</param>
    public static IResult KeyEnded(HttpContext? context)
    {
        if (context is not null)
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"aimetier\", error=\"invalid_token\"";
        return ApiProblem.Of("invalid_key", "The key is not accepted. Ask an admin of the Portal for a new one.");
    }

    private static IResult Limited(WorkLimit limit, TimeSpan retryAfter) => limit switch
    {
        WorkLimit.PerMinute => ApiProblem.Of("rate_limited", "This key has asked for too much work within a minute. Nothing was stored.", retryAfter),
        WorkLimit.AtOnce => ApiProblem.Of("too_many_at_once", "Too many asks of this key are being worked on. Nothing was stored.", retryAfter),
        _ => ApiProblem.Of("daily_limit", "This key has asked for too much work within 24 hours. Nothing was stored.", retryAfter),
    };
}
