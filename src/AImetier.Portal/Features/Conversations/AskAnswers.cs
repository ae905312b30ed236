using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Puts the outcome of an ask into an answer of the API.</summary>
public static class AskAnswers
{
    /// <summary>The answer for an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="context">The request.</param>
    public static IResult Of(AskOutcome outcome, HttpContext context) => outcome switch
    {
        AskOutcome.Answered(var question, var reply) =>
            TypedResults.Ok(new AskAnswerJson(question.ConversationId, MessageJson.Of(question), MessageJson.Of(reply), [])),
        AskOutcome.Validation(var errors) => Unfit(errors),
        AskOutcome.TeammatePaused => ApiProblem.Of("teammate_paused", "The teammate is paused. An admin of the Portal can resume it; the key stays good."),
        AskOutcome.ConversationNotFound => ApiProblem.Of("not_found", "This teammate has no such conversation for keys. Leave 'conversationId' out to begin one."),
        AskOutcome.ConversationBusy(var retryAfter) =>
            ApiProblem.Of("conversation_busy", "The conversation is working on another question. Nothing was stored; try again.", retryAfter),
        AskOutcome.WorkLimited(var limit, var retryAfter) => Limited(limit, retryAfter),
        AskOutcome.ModelTimeout => ApiProblem.Of("model_timeout", "The model took too long. The question was kept."),
        AskOutcome.ModelFailed => ApiProblem.Of("model_failed", "The model failed. The question was kept."),
        _ => KeyEnded(context),
    };

    /// <summary>The answer to a body that does not fit.</summary>
    /// <param name="errors">Sentences by field.</param>
    public static IResult Unfit(IReadOnlyDictionary<string, string[]> errors) =>
        ApiProblem.Of("validation_failed", "The body does not fit; 'errors' says which fields and why.", errors: errors);

    /// <summary>The answer when the key was good at the door and is not any more.</summary>
    /// <param name="context">The request.</param>
    public static IResult KeyEnded(HttpContext context)
    {
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
