using System.Globalization;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Conversations;

namespace AImetier.Portal.Features.OpenAiDoor;

/// <summary>Puts a stored answer into OpenAI's words.</summary>
/// <param name="answers">The answer as the API gives it.</param>
public sealed class CompletionAnswers(AskAnswers answers)
{
    /// <summary>The whole answer.</summary>
    /// <param name="answered">The stored question and reply.</param>
    /// <param name="teammateId">Who answered.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    internal async Task<CompletionJson> OfAsync(AskOutcome.Answered answered, string teammateId, CancellationToken cancellationToken)
    {
        var reply = answered.Reply;
        var kept = await KeptAsync(answered, cancellationToken);
        var said = new CompletionJson.Said("assistant", reply.Text + WaitingOf(reply.Text.Length, kept));
        return new(
            IdOf(reply), reply.CreatedAt.ToUnixTimeSeconds(), teammateId, [new(0, said, FinishOf(reply))], new CompletionJson.Tokens(), kept);
    }

    /// <summary>Where an answer is kept, and what it wants to send.</summary>
    /// <param name="answered">The stored question and reply.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    internal async Task<CompletionJson.Kept> KeptAsync(AskOutcome.Answered answered, CancellationToken cancellationToken) =>
        new(answered.Reply.ConversationId, answered.Reply.Id, (await answers.JsonOfAsync(answered, cancellationToken)).Approvals);

    /// <summary>The completion's id.</summary>
    /// <param name="reply">The reply.</param>
    internal static string IdOf(Message reply) => "chatcmpl-" + reply.Id;

    /// <summary><c>stop</c> for a whole reply; <c>length</c>, these clients' word for cut short, for one that somebody stopped.</summary>
    /// <param name="reply">The reply.</param>
    internal static string FinishOf(Message reply) => reply.Status == MessageStatus.Stopped ? "length" : "stop";

    /// <summary>The sentence about what waits for a person, as these clients show nothing but text; empty when nothing waits. It is not stored.</summary>
    /// <param name="length">Characters of the text before it.</param>
    /// <param name="kept">What the answer wants to send.</param>
    internal static string WaitingOf(int length, CompletionJson.Kept kept)
    {
        var waiting = kept.Approvals.Count(approval => approval.State == ApprovalJson.NameOf(ApprovalState.Waiting));
        var sentence = waiting switch
        {
            0 => "",
            1 => "1 e-mail waits for a person's OK.",
            _ => string.Create(CultureInfo.InvariantCulture, $"{waiting} e-mails wait for a person's OK."),
        };
        return waiting > 0 && length > 0 ? "\n\n" + sentence : sentence;
    }
}
