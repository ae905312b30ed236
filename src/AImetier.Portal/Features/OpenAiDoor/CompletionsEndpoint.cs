using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Idempotency;

namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>
/// <c>POST /chat/completions</c>: each call is an ask in a conversation of its own. There is no receipt here: the answer comes when the work is
/// done, which takes <see cref="AskWork.Longest"/> at most.
/// </summary>
internal static class CompletionsEndpoint
{
    private const string Operation = "chat/completions";

    /// <summary>Answers a request.</summary>
    public static async Task<IResult> CompleteAsync(
        HttpContext context, ConversationService conversations, CompletionAnswers answers, StreamedCompletion stream, CancellationToken cancellationToken)
    {
        try
        {
            var (body, request, problem) = await ReadAsync(context, cancellationToken);
            if (body is null || request is null)
                return problem!;

            var outcome = await conversations.AskAsync(request, cancellationToken);
            if (body.Stream && outcome is AskOutcome.Started or AskOutcome.Answered)
                return await stream.WriteAsync(outcome, body.IncludeUsage, context);
            if (outcome is AskOutcome.Started(var running))
                outcome = await running.Outcome.WaitAsync(cancellationToken);
            if (outcome is not AskOutcome.Answered answered)
                return AskAnswers.Problem(outcome, context);
            if (answered.Replayed)
                context.Response.Headers[RepeatableRequest.ReplayedHeader] = "true";
            return TypedResults.Ok(await answers.OfAsync(answered, request.TeammateId, cancellationToken));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; the work goes on.
            return TypedResults.Empty;
        }
    }

    private static async Task<(CompletionBody.Good? Body, AskRequest? Request, IResult? Problem)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var (bytes, problem) = await JsonBody.ReadAsync(context.Request, cancellationToken);
        if (problem is not null)
            return (null, null, problem);
        var read = CompletionBody.Read(bytes);
        if (read is CompletionBody.Refused(var field, var sentence))
            return (null, null, AskAnswers.Unfit(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [sentence] }));

        var body = (CompletionBody.Good)read;
        var key = TokenPrincipal.Of(context.User);
        if (!OpenAiEndpoints.IsOwn(body.Model, key))
            return (null, null, OpenAiEndpoints.NoSuchModel(key));
        var (repeatable, unfit) = RepeatableRequest.Read(context.Request.Headers[RepeatableRequest.Header], bytes.Span);
        return unfit is not null
            ? (null, null, unfit)
            : (body, new AskRequest(key.TeammateId, body.Text, null, body.Metadata, Requester.Key(key), ConversationSource.Api, repeatable, Operation), null);
    }
}
