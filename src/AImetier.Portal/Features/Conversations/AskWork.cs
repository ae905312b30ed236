using System.Text;
using AImetier.Portal.Data;
using AImetier.Portal.Features.ChatModels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace AImetier.Portal.Features.Conversations;

/// <summary>The work of one ask: composes what the model is told, takes its answer, stores the reply with its event.</summary>
/// <param name="db">The database.</param>
/// <param name="prompt">Composes what the model is told.</param>
/// <param name="client">The model.</param>
/// <param name="watch">Notices when the work may not go on.</param>
/// <param name="access">Says who may ask.</param>
/// <param name="ending">Ends the reply.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class AskWork(
    PortalDbContext db, AskPrompt prompt, IChatClient client, AskWatch watch, AskAccess access, ReplyEnding ending, TimeProvider time, ILogger<AskWork> logger)
{
    /// <summary>Longest time a model may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private const int MostTries = 12;

    /// <summary>Does the work.</summary>
    /// <param name="ask">The stored question and its empty reply.</param>
    /// <param name="stopping">The Portal stops; the reply is then marked failed.</param>
    public async Task<AskOutcome> RunAsync(BegunAsk ask, CancellationToken stopping)
    {
        var text = new StringBuilder();
        var (status, failure) = await WriteAsync(ask, text, stopping);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await EndAsync(ask, text.ToString(), status, failure);
            }
            catch (Exception e) when (attempt < MostTries && e is (System.Data.Common.DbException or DbUpdateException))
            {
                // An answer that was paid for is not dropped because the database is busy: each try waits for it as long as SQLite does.
                LogNotStored(ask.Reply.Id, attempt);
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<(MessageStatus Status, ModelFailureKind Failure)> WriteAsync(BegunAsk ask, StringBuilder text, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var forbidden = new CancellationTokenSource();
        using var any = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, forbidden.Token, stopping);
        var watching = watch.CancelWhenForbiddenAsync(ask, forbidden, any.Token);
        try
        {
            var (messages, options) = await prompt.ComposeAsync(ask, any.Token);
            await foreach (var update in client.GetStreamingResponseAsync(messages, options, any.Token))
                text.Append(update.Text);
            return (text.Length == 0 ? MessageStatus.Failed : MessageStatus.Completed, ModelFailureKind.Failed);
        }
        catch (OperationCanceledException) when (forbidden.IsCancellationRequested)
        {
            return (MessageStatus.Stopped, default);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return (MessageStatus.Failed, ModelFailureKind.Failed);
        }
        catch (OperationCanceledException)
        {
            return (MessageStatus.Failed, ModelFailureKind.Timeout);
        }
        catch (Exception e)
        {
            // Whatever a model's client throws fails this ask alone. Its message may repeat what was asked, so only the type is logged.
            LogModelFailed(ask.Reply.Id, (e.InnerException ?? e).GetType().Name);
            return (MessageStatus.Failed, (e as ModelFailedException)?.Kind ?? ModelFailureKind.Failed);
        }
        finally
        {
            await any.CancelAsync();
            await watching;
        }
    }

    private async Task<AskOutcome> EndAsync(BegunAsk ask, string text, MessageStatus status, ModelFailureKind failure)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var refusal = await access.RefusalAsync(ask.TeammateId, ask.By, CancellationToken.None);
        await ending.EndAsync(ask.Reply.Id, refusal is null ? status : MessageStatus.Stopped, text, CancellationToken.None);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);

        var reply = await db.Set<Message>().AsNoTracking().SingleAsync(message => message.Id == ask.Reply.Id, CancellationToken.None);
        LogEnded(reply.Id, reply.Status);
        if (refusal is not null)
            return refusal;
        if (reply.Status != MessageStatus.Failed)
            return new AskOutcome.Answered(ask.Question, reply);
        return failure == ModelFailureKind.Timeout ? new AskOutcome.ModelTimeout(ask.Question) : new AskOutcome.ModelFailed(ask.Question);
    }

    [LoggerMessage(EventName = "ask.model_failed", Level = LogLevel.Warning, Message = "Reply {ReplyId}: the model failed ({Failure})")]
    private partial void LogModelFailed(string replyId, string failure);

    [LoggerMessage(EventName = "ask.not_stored", Level = LogLevel.Warning, Message = "Reply {ReplyId} could not be stored (try {Attempt})")]
    private partial void LogNotStored(string replyId, int attempt);

    [LoggerMessage(EventName = "ask.ended", Level = LogLevel.Information, Message = "Reply {ReplyId} ended as {Status}")]
    private partial void LogEnded(string replyId, MessageStatus status);
}
