using System.Text.Json;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Conversations;
using AImetier.Portal.Features.Idempotency;
using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>
/// Writes an answer as OpenAI's chunks: one with the role, the text as it is written, the reason to finish with what the Portal keeps, the usage
/// where it was asked for, and <c>[DONE]</c>. A failure is a line with an error, and the end.
/// </summary>
/// <param name="answers">The words.</param>
/// <param name="watch">Ends the stream with its key.</param>
/// <param name="time">The clock.</param>
public sealed class StreamedCompletion(CompletionAnswers answers, KeyWatch watch, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    /// <summary>Writes the stream.</summary>
    /// <param name="outcome">Started, or answered before.</param>
    /// <param name="withUsage">Whether the client asked for a chunk with the usage.</param>
    /// <param name="context">The request.</param>
    public async Task<IResult> WriteAsync(AskOutcome outcome, bool withUsage, HttpContext context)
    {
        if (outcome is AskOutcome.Answered { Replayed: true })
            context.Response.Headers[RepeatableRequest.ReplayedHeader] = "true";
        var key = TokenPrincipal.Of(context.User);
        var stream = EventStreamWriter.Begin(context.Response);
        await watch.RunAsync(key.TokenId, token => WriteAsync(outcome, withUsage, stream, key, context, token), context.RequestAborted);
        return TypedResults.Empty;
    }

    private async Task WriteAsync(
        AskOutcome outcome, bool withUsage, EventStreamWriter stream, TokenPrincipal key, HttpContext context, CancellationToken cancellationToken)
    {
        var reply = outcome is AskOutcome.Started(var begun) ? begun.Ask.Reply : ((AskOutcome.Answered)outcome).Reply;
        var chunk = new ChunkJson(CompletionAnswers.IdOf(reply), reply.CreatedAt.ToUnixTimeSeconds(), key.TeammateId, []);
        await SendAsync(stream, With(chunk, new() { Role = "assistant", Content = "" }), cancellationToken);
        var length = 0;
        if (outcome is AskOutcome.Started(var running))
        {
            await foreach (var piece in running.ReadAsync(cancellationToken).WithQuiet(() => stream.CommentAsync("quiet", cancellationToken), Quiet, time, cancellationToken))
            {
                if (!watch.StillGood(key.TokenId))
                    return;
                await SendAsync(stream, With(chunk, new() { Content = piece }), cancellationToken);
                length += piece.Length;
            }

            outcome = await running.Outcome.WaitAsync(cancellationToken);
        }

        if (!watch.StillGood(key.TokenId))
            return;
        if (outcome is AskOutcome.Answered answered)
            await CompleteAsync(answered, length, withUsage, chunk, stream, cancellationToken);
        else
            await SendAsync(stream, OpenAiProblem.BodyOf(ApiProblem.BodyOf(AskAnswers.Problem(outcome, null), context)), cancellationToken);
    }

    private async Task CompleteAsync(
        AskOutcome.Answered answered, int length, bool withUsage, ChunkJson chunk, EventStreamWriter stream, CancellationToken cancellationToken)
    {
        var kept = await answers.KeptAsync(answered, cancellationToken);
        var rest = answered.Reply.Text[Math.Min(length, answered.Reply.Text.Length)..] + CompletionAnswers.WaitingOf(answered.Reply.Text.Length, kept);
        if (rest.Length > 0)
            await SendAsync(stream, With(chunk, new() { Content = rest }), cancellationToken);
        await SendAsync(stream, With(chunk, new(), CompletionAnswers.FinishOf(answered.Reply)) with { Aimetier = kept }, cancellationToken);
        if (withUsage)
            await SendAsync(stream, chunk with { Usage = new CompletionJson.Tokens() }, cancellationToken);
        await stream.WriteAsync(null, null, "[DONE]", cancellationToken);
    }

    private static ChunkJson With(ChunkJson chunk, ChunkJson.Part delta, string? finish = null) => chunk with { Choices = [new(0, delta, finish)] };

    private static Task SendAsync<T>(EventStreamWriter stream, T data, CancellationToken cancellationToken) =>
        stream.WriteAsync(null, null, JsonSerializer.Serialize(data, JsonSerializerOptions.Web), cancellationToken);
}
