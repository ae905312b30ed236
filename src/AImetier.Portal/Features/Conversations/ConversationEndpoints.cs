using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Idempotency;
using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Endpoints with which a key reads and asks its teammate.</summary>
public static class ConversationEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="routes">The application.</param>
    public static IEndpointRouteBuilder MapConversations(this IEndpointRouteBuilder routes)
    {
        var teammate = routes.MapTeammateApi();
        teammate.AddEndpointFilter<AcceptsJson>();
        teammate.MapGet("", ReadAsync).WithName("getTeammate");
        teammate.MapPost("/messages", AskAsync).WithName("askTeammate");
        return routes;
    }

    private static async Task<IResult> ReadAsync(HttpContext context, TeammateDirectory teammates, CancellationToken cancellationToken)
    {
        return await teammates.FindAsync(TokenPrincipal.Of(context.User).TeammateId, cancellationToken) is { } teammate
            ? TypedResults.Ok(TeammateResource.Of(teammate))
            : AskAnswers.KeyEnded(context);
    }

    private static async Task<IResult> AskAsync(HttpContext context, ConversationService conversations, AskAnswers answers, CancellationToken cancellationToken)
    {
        try
        {
            var (bytes, problem) = await JsonBody.ReadAsync(context.Request, cancellationToken);
            if (problem is not null)
                return problem;

            var read = AskBody.Read(bytes);
            if (read is AskBody.Refused(var errors))
                return AskAnswers.Unfit(errors);

            var body = (AskBody.Good)read;
            var key = TokenPrincipal.Of(context.User);
            var request = new AskRequest(
                key.TeammateId, body.Text, body.ConversationId, body.Metadata, Requester.Key(key), ConversationSource.Api);
            var (repeatable, unfit) = RepeatableRequest.Read(context.Request.Headers[RepeatableRequest.Header], bytes.Span);
            if (unfit is not null)
                return unfit;
            var outcome = await conversations.AskAsync(request with { Repeatable = repeatable }, cancellationToken);
            if (outcome is AskOutcome.Started(var running))
                outcome = await running.Outcome.WaitAsync(cancellationToken);
            return await answers.OfAsync(outcome, context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; the work goes on.
            return TypedResults.Empty;
        }
    }
}
