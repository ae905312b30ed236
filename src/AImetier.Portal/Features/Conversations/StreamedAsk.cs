using System.Text.Json;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Conversations;

/// <summary>
/// Writes an ask as a stream of events: <c>message.accepted</c>, <c>message.delta</c>, <c>approval.requested</c>, and at the end
/// <c>message.completed</c> with the whole answer or <c>message.failed</c> with a problem.
/// </summary>
/// <param name="answers">The whole answer.</param>
/// <param name="channel">Says whether approvals could be sent.</param>
/// <param name="watch">Ends the stream with its key.</param>
/// <param name="time">The clock.</param>
public sealed class StreamedAsk(AskAnswers answers, IOutwardChannel channel, KeyWatch watch, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Writes the stream.</summary>
    /// <param name="outcome">Started, or answered before.</param>
    /// <param name="context">The request.</param>
    public async Task<IResult> WriteAsync(AskOutcome outcome, HttpContext context)
    {
        if (outcome is AskOutcome.Answered { Replayed: true })
            context.Response.Headers[Idempotency.RepeatableRequest.ReplayedHeader] = "true";
        var key = TokenPrincipal.Of(context.User);
        var stream = EventStreamWriter.Begin(context.Response);
        await watch.RunAsync(key.TokenId, token => WriteAsync(outcome, stream, key, context, token), context.RequestAborted);
        return TypedResults.Empty;
    }

    private async Task WriteAsync(AskOutcome outcome, EventStreamWriter stream, TokenPrincipal key, HttpContext context, CancellationToken cancellationToken)
    {
        if (outcome is AskOutcome.Started(var running))
        {
            var ask = running.Ask;
            await SendAsync(stream, "message.accepted", new AskAnswerJson(ask.Question.ConversationId, MessageJson.Of(ask.Question, []), MessageJson.Of(ask.Reply, []), []), cancellationToken);
            await foreach (var piece in running.ReadAsync(cancellationToken).WithQuiet(() => stream.CommentAsync("quiet", cancellationToken), Quiet, time, cancellationToken))
            {
                if (!watch.StillGood(key.TokenId))
                    return;
                await SendAsync(stream, "message.delta", new Delta(piece), cancellationToken);
            }

            outcome = await running.Outcome.WaitAsync(cancellationToken);
        }

        if (!watch.StillGood(key.TokenId))
            return;
        if (outcome is AskOutcome.Answered answered)
            await CompleteAsync(answered, stream, cancellationToken);
        else
            await SendAsync(stream, "message.failed", ApiProblem.BodyOf(AskAnswers.Problem(outcome, null), context), cancellationToken);
    }

    private async Task CompleteAsync(AskOutcome.Answered answered, EventStreamWriter stream, CancellationToken cancellationToken)
    {
        if (!answered.Replayed && answered.Approvals.Count > 0)
        {
            var state = await channel.StateAsync(cancellationToken);
            foreach (var approval in answered.Approvals)
                await SendAsync(stream, "approval.requested", ApprovalJson.Of(approval, state), cancellationToken);
        }

        await SendAsync(stream, "message.completed", await answers.JsonOfAsync(answered, cancellationToken), cancellationToken);
    }

    private static Task SendAsync<T>(EventStreamWriter stream, string type, T data, CancellationToken cancellationToken) =>
        stream.WriteAsync(null, type, JsonSerializer.Serialize(data, JsonSerializerOptions.Web), cancellationToken);

    internal sealed record Delta(string Text);
}
