using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.ChatModels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace AImetier.Portal.Features.Conversations;

/// <summary>The work of one ask: composes what the model is told, takes its answer, stores the reply with its event and what it wants to send.</summary>
/// <param name="db">The database.</param>
/// <param name="prompt">Composes what the model is told.</param>
/// <param name="model">The model, which calls tools.</param>
/// <param name="watch">Notices when the work may not go on.</param>
/// <param name="access">Says who may ask.</param>
/// <param name="ending">Ends the reply.</param>
/// <param name="approvals">Takes what would leave the workspace.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class AskWork(
    PortalDbContext db,
    AskPrompt prompt,
    ToolCallingModel model,
    AskWatch watch,
    AskAccess access,
    ReplyEnding ending,
    ApprovalService approvals,
    TimeProvider time,
    ILogger<AskWork> logger)
{
    /// <summary>Longest time a model may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Most characters of a reply.</summary>
    public const int LongestReply = 200_000;

    private const int MostTries = 12;

    /// <summary>Does the work.</summary>
    /// <param name="running">The stored question and its empty reply.</param>
    /// <param name="stopping">The Portal stops; the reply is then marked failed.</param>
    public async Task<AskOutcome> RunAsync(RunningReply running, CancellationToken stopping)
    {
        var (end, mail) = await WriteAsync(running, stopping);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await EndAsync(running, end, mail);
            }
            catch (Exception e) when (attempt < MostTries && e is (System.Data.Common.DbException or DbUpdateException))
            {
                // An answer that was paid for is not dropped because the database is busy: each try waits for it as long as SQLite does.
                LogNotStored(running.Ask.Reply.Id, attempt);
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<(ReplyEnd? End, OutgoingMail? Mail)> WriteAsync(RunningReply running, CancellationToken stopping)
    {
        var ask = running.Ask;
        using var limit = new CancellationTokenSource(Longest, time);
        using var forbidden = new CancellationTokenSource();
        using var any = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, forbidden.Token, running.Stopped, stopping);
        var watching = watch.CancelWhenForbiddenAsync(running, forbidden, any.Token);
        OutgoingMail? mail = null;
        try
        {
            (var messages, var options, mail) = await prompt.ComposeAsync(ask, any.Token);
            var newTurn = false;
            await foreach (var update in model.GetStreamingResponseAsync(messages, options, any.Token))
            {
                newTurn |= update.Contents.Any(content => content is FunctionCallContent or FunctionResultContent);
                if (update.Text.Length == 0)
                    continue;
                running.Append(newTurn && running.Length > 0 ? "\n\n" + update.Text.TrimStart() : update.Text);
                newTurn = false;
                if (running.Length > LongestReply)
                    return (ReplyEnd.TooLong, mail);
            }

            return (running.Length == 0 && mail.Proposed.Count == 0 ? ReplyEnd.ModelFailed : null, mail);
        }
        catch (OperationCanceledException) when (running.Stopped.IsCancellationRequested)
        {
            return (ReplyEnd.StopRequested, mail);
        }
        catch (OperationCanceledException) when (forbidden.IsCancellationRequested)
        {
            // Which rule forbade it is asked again where the reply is stored.
            return (ReplyEnd.StopRequested, mail);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return (ReplyEnd.PortalStopped, mail);
        }
        catch (OperationCanceledException)
        {
            return (ReplyEnd.ModelTimeout, mail);
        }
        catch (Exception e)
        {
            // Whatever a model's client throws fails this ask alone. Its message may repeat what was asked, so only the type is logged.
            LogModelFailed(ask.Reply.Id, (e.InnerException ?? e).GetType().Name);
            return ((e as ModelFailedException)?.Kind == ModelFailureKind.Timeout ? ReplyEnd.ModelTimeout : ReplyEnd.ModelFailed, mail);
        }
        finally
        {
            await any.CancelAsync();
            await watching;
        }
    }

    private async Task<AskOutcome> EndAsync(RunningReply running, ReplyEnd? end, OutgoingMail? mail)
    {
        var ask = running.Ask;
        var text = running.Text;
        if (text.Length > LongestReply)
            text = text[..LongestReply];
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var refusal = await access.RefusalAsync(ask.TeammateId, ask.By, CancellationToken.None);
        end = refusal is null ? end : ReplyEnding.Of(refusal);
        var ended = await ending.EndAsync(ask.Reply.Id, end, text, CancellationToken.None);

        // Nothing can be approved before the reply is whole, and a reply that is not whole wants nothing.
        IReadOnlyList<Approval> wanted = [];
        if (ended && end is null && mail is not null)
            wanted = await approvals.RequestAsync(mail.Proposed, OriginOf(ask), CancellationToken.None);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);

        // A conversation that was removed meanwhile has no reply any more.
        var reply = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(message => message.Id == ask.Reply.Id, CancellationToken.None);
        LogEnded(ask.Reply.Id, reply?.Status);
        return refusal
            ?? (reply is null ? new AskOutcome.ConversationNotFound()
            : reply.Status != MessageStatus.Failed ? new AskOutcome.Answered(ask.Question, reply, wanted)
            : reply.End == ReplyEnd.ModelTimeout ? new AskOutcome.ModelTimeout(ask.Question)
            : new AskOutcome.ModelFailed(ask.Question));
    }

    private static ApprovalOrigin OriginOf(BegunAsk ask) => new(
        ask.Question.WorkspaceId, ask.TeammateId, ask.Question.ConversationId, ask.Reply.Id, ask.VisibleToKeys, ask.By, ask.Question.Metadata);

    [LoggerMessage(EventName = "ask.model_failed", Level = LogLevel.Warning, Message = "Reply {ReplyId}: the model failed ({Failure})")]
    private partial void LogModelFailed(string replyId, string failure);

    [LoggerMessage(EventName = "ask.not_stored", Level = LogLevel.Warning, Message = "Reply {ReplyId} could not be stored (try {Attempt})")]
    private partial void LogNotStored(string replyId, int attempt);

    [LoggerMessage(EventName = "ask.ended", Level = LogLevel.Information, Message = "Reply {ReplyId} ended as {Status}")]
    private partial void LogEnded(string replyId, MessageStatus? status);
}
