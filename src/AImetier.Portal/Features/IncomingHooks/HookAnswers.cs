using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Idempotency;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Puts outcomes of <see cref="HookIntake"/> into answers of the API.</summary>
/// <param name="refusals">Counts senders that did not prove themselves.</param>
public sealed class HookAnswers(RefusalCounter refusals)
{
    /// <summary>The answer.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="context">The request.</param>
    public IResult Of(HookOutcome outcome, HookRequest request, HttpContext context) => outcome switch
    {
        HookOutcome.Accepted accepted => Receipt(accepted, request, context),
        HookOutcome.Unproven => request.Proof is PresentedProof.RefusedKey ? KeyRefused() : Unproven(context),
        HookOutcome.NoSuchHook => ApiProblem.Of("not_found", "This teammate has no such address that takes keys."),
        HookOutcome.Paused => ApiProblem.Of("hook_paused", "The address is paused. An admin of the Portal can resume it."),
        HookOutcome.Unfit(var reason) => Unfit(reason),
        HookOutcome.NotAsked(var asked) => NotAsked(asked, context),
        _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
    };

    /// <summary>The answer to a key that is not accepted: the same as everywhere.</summary>
    public static IResult KeyRefused() => TypedResults.Challenge(authenticationSchemes: [Policies.KeyScheme]);

    private static Accepted<HookAnswerJson> Receipt(HookOutcome.Accepted accepted, HookRequest request, HttpContext context)
    {
        if (accepted.Replayed)
            context.Response.Headers[RepeatableRequest.ReplayedHeader] = "true";
        var address = context.Request.PublicAddress($"/api/v1/teammates/{request.TeammateId}/conversations/{accepted.ConversationId}/messages/{accepted.ReplyId}");
        return TypedResults.Accepted(address, new HookAnswerJson(accepted.ConversationId, accepted.ReplyId));
    }

    // One answer, whether the signature is wrong, or old, or missing, or there is no such hook: only admins are told.
    private IResult Unproven(HttpContext context)
    {
        if (refusals.Count(SourceAddress.Of(context.Connection.RemoteIpAddress)) is { } wait)
            return ApiProblem.Of("rate_limited", "Too much from this address was not proven. Whoever proves itself still gets in.", wait);
        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"aimetier\"";
        return ApiProblem.Of(
            "invalid_proof",
            "Send a key of this teammate, or a signature over the exact bytes of the body, not older than 5 minutes: whichever this address asks for. An admin of the Portal sees in Settings > Developer what was wrong.");
    }

    private static IResult Unfit(HookRefusalReason reason) => reason switch
    {
        HookRefusalReason.UnknownType => ApiProblem.Of(
            "unsupported_media_type", "Send the body as application/json, application/x-www-form-urlencoded or text/plain, in UTF-8, without Content-Encoding."),
        HookRefusalReason.NotUtf8 => Unfit("It must be UTF-8."),
        HookRefusalReason.Empty => Unfit("It makes an empty question: the template of this address found nothing in it."),
        HookRefusalReason.TooLong => Unfit($"It makes a question of more than {AskText.LongestText} characters (UTF-16 code units)."),
        _ => Unfit("It is not what its Content-Type says."),
    };

    private static IResult Unfit(string sentence) => ApiProblem.Of(
        "validation_failed", "The body does not fit; 'errors' says why.", errors: new Dictionary<string, string[]>(StringComparer.Ordinal) { ["body"] = [sentence] });

    private static IResult NotAsked(AskOutcome outcome, HttpContext context) => outcome switch
    {
        AskOutcome.TeammatePaused => ApiProblem.Of("teammate_paused", "The teammate is paused. An admin of the Portal can resume it; the address stays good."),
        AskOutcome.OtherBody => ApiProblem.Of("idempotency_mismatch", "Another body was sent with the same id within 24 hours. Nothing was done; choose a new one."),
        AskOutcome.WorkLimited(WorkLimit.AtOnce, var wait) => ApiProblem.Of("too_many_at_once", "Too much that came in this way is being worked on. Nothing was stored.", wait),
        AskOutcome.WorkLimited(WorkLimit.PerMinute, var wait) => ApiProblem.Of("rate_limited", "Too much has come in this way within a minute. Nothing was stored.", wait),
        AskOutcome.WorkLimited(_, var wait) => ApiProblem.Of("daily_limit", "Too much has come in this way within 24 hours. Nothing was stored.", wait),
        _ => AskAnswers.Problem(outcome, context),
    };
}
