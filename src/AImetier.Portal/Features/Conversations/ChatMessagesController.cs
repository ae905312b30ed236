using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Asking in Chat, watching the answer, stopping it, asking for it once more.</summary>
/// <param name="conversations">Asks.</param>
/// <param name="chat">Reads conversations.</param>
/// <param name="starts">Puts the first page together.</param>
/// <param name="text">Resources of Chat.</param>
/// <param name="lifetime">Says when the Portal stops.</param>
/// <param name="time">The clock.</param>
[Route("chat")]
[Authorize(Policies.SignedIn)]
[AutoValidateAntiforgeryToken]
public sealed class ChatMessagesController(
    ConversationService conversations,
    ChatReader chat,
    ChatStarts starts,
    IStringLocalizer<ChatText> text,
    IHostApplicationLifetime lifetime,
    TimeProvider time) : Controller
{
    /// <summary>Sent by the page's script, which follows the answer by itself; without it the answer is waited for.</summary>
    public const string FollowsHeader = "X-Follows";

    /// <summary>How long a page without script waits for the whole answer.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    // Forms may be smaller elsewhere. What is too long for a question must be read all the same, to be shown again with the reason.
    private const int LargestForm = 2 * 1024 * 1024;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Begins a conversation.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the work; a stored question is worked on all the same.</param>
    [HttpPost("messages")]
    [RequestFormLimits(ValueLengthLimit = LargestForm, MultipartBodyLengthLimit = LargestForm)]
    public async Task<IActionResult> Begin([FromForm] ChatForm form, CancellationToken cancellationToken)
    {
        var outcome = await AskAsync(form.Teammate ?? "", form.Question, null, cancellationToken);
        if (outcome is AskOutcome.Started(var running))
            return await AfterAsync(running, cancellationToken);
        Response.StatusCode = ChatErrors.StatusOf(outcome);
        var page = await starts.PageAsync(User, form.Teammate, after: null, cancellationToken);
        return View("ChatStart", page with { Draft = form.Text, Error = text.Describe(outcome, form.Question) });
    }

    /// <summary>Goes on with a conversation.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the work; a stored question is worked on all the same.</param>
    [HttpPost("{id}/messages")]
    [RequestFormLimits(ValueLengthLimit = LargestForm, MultipartBodyLengthLimit = LargestForm)]
    public async Task<IActionResult> Continue([FromRoute] string id, [FromForm] ChatForm form, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } page)
            return NotFound();
        var outcome = await AskAsync(page.Conversation.TeammateId, form.Question, id, cancellationToken);
        if (outcome is AskOutcome.Started(var running))
            return await AfterAsync(running, cancellationToken);
        return await RefusedAsync(id, outcome, form, cancellationToken);
    }

    /// <summary>Has a failed reply written once more.</summary>
    /// <param name="id">Id of the conversation, from outside.</param>
    /// <param name="reply">Id of the reply, from outside.</param>
    /// <param name="cancellationToken">Stops the work; what has begun goes on all the same.</param>
    [HttpPost("{id}/replies/{reply}/retry")]
    public async Task<IActionResult> Retry([FromRoute] string id, [FromRoute] string reply, CancellationToken cancellationToken)
    {
        if (!await IsMineAsync(id, reply, cancellationToken))
            return NotFound();
        var outcome = await conversations.RetryAsync(reply, Requester.Person(User.ToActor()), cancellationToken);
        return outcome switch
        {
            AskOutcome.Started(var running) => await AfterAsync(running, cancellationToken),

            // It was asked for twice, or is whole by now: the page shows how it is.
            AskOutcome.AlreadyWorking => To(id),
            _ => await RefusedAsync(id, outcome, new ChatForm(null, ""), cancellationToken),
        };
    }

    /// <summary>Stops a reply; what is written so far is kept.</summary>
    /// <param name="id">Id of the conversation, from outside.</param>
    /// <param name="reply">Id of the reply, from outside.</param>
    /// <param name="cancellationToken">Stops the wait; the stop stays asked for.</param>
    [HttpPost("{id}/replies/{reply}/stop")]
    public async Task<IActionResult> Stop([FromRoute] string id, [FromRoute] string reply, CancellationToken cancellationToken)
    {
        if (!await IsMineAsync(id, reply, cancellationToken))
            return NotFound();
        await conversations.StopAsync(reply, cancellationToken);
        return To(id);
    }

    /// <summary>A reply while it is written: events <c>delta</c> with the markup of everything so far, at last <c>done</c>.</summary>
    /// <param name="id">Id of the conversation, from outside.</param>
    /// <param name="reply">Id of the reply, from outside.</param>
    /// <param name="follower">Follows the reply.</param>
    /// <param name="cancellationToken">The reader leaves; the work goes on.</param>
    [HttpGet("{id}/replies/{reply}/stream")]
    public async Task<IActionResult> Follow(
        [FromRoute] string id, [FromRoute] string reply, [FromServices] ReplyFollower follower, CancellationToken cancellationToken)
    {
        if (!await chat.HasReplyAsync(id, reply, User.ToActor(), User.IsAdmin(), cancellationToken))
            return NotFound();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await WriteAsync(EventStreamWriter.Begin(Response), follower.FollowAsync(reply, SignedInPerson.SessionOf(User), over.Token), over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The reader left, or the Portal stops; the browser asks again.
        }

        return new EmptyResult();
    }

    private async Task WriteAsync(EventStreamWriter stream, IAsyncEnumerable<ReplySoFar> reply, CancellationToken cancellationToken)
    {
        var (length, wrote) = (0, time.GetTimestamp());
        await stream.CommentAsync("", cancellationToken);
        await foreach (var (now, ended) in reply)
        {
            if (ended)
                await stream.WriteAsync(null, "done", "", cancellationToken);
            else if (now.Length > length)
                await stream.WriteAsync(null, "delta", SafeMarkdown.Of(now).ToString(), cancellationToken);
            else if (time.GetElapsedTime(wrote) >= KeepAlive)
                await stream.CommentAsync("", cancellationToken);
            else
                continue;
            (length, wrote) = (now.Length, time.GetTimestamp());
        }
    }

    private Task<AskOutcome> AskAsync(string teammateId, string question, string? conversationId, CancellationToken cancellationToken) =>
        conversations.AskAsync(
            new AskRequest(teammateId, question, conversationId, null, Requester.Person(User.ToActor()), ConversationSource.Chat), cancellationToken);

    // The page's script follows the answer; without script the whole answer is waited for, but not for ever.
    private async Task<IActionResult> AfterAsync(RunningReply running, CancellationToken cancellationToken)
    {
        if (!Request.Headers.ContainsKey(FollowsHeader))
        {
            Task answered = running.Outcome.WaitAsync(LongestWait, time, cancellationToken);
            await answered.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return To(running.Ask.Question.ConversationId);
    }

    private async Task<IActionResult> RefusedAsync(string id, AskOutcome outcome, ChatForm form, CancellationToken cancellationToken)
    {
        if (outcome is AskOutcome.ConversationNotFound || await FindAsync(id, cancellationToken) is not { } page)
            return NotFound();
        Response.StatusCode = ChatErrors.StatusOf(outcome);
        return View("Chat", page with { Draft = form.Text ?? "", Error = text.Describe(outcome, form.Question) });
    }

    private async Task<bool> IsMineAsync(string id, string reply, CancellationToken cancellationToken) =>
        await chat.HasReplyAsync(id, reply, User.ToActor(), isAdmin: false, cancellationToken);

    private Task<ChatPage?> FindAsync(string id, CancellationToken cancellationToken) =>
        chat.FindAsync(id, User.ToActor(), User.IsAdmin(), before: null, cancellationToken);

    // RFC 9110, 15.4.4: the answer to a form is a page of its own.
    private StatusCodeResult To(string id)
    {
        Response.Headers.Location = $"/chat/{id}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
