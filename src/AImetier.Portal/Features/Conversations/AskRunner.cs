using System.Collections.Concurrent;
using AImetier.Portal.Data;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Runs asks apart from the requests that began them: the asker may leave, the work goes on until the Portal stops.</summary>
/// <param name="scopes">Makes the scope of each ask.</param>
/// <param name="lifetime">Says when the Portal stops.</param>
/// <param name="logger">The log.</param>
public sealed partial class AskRunner(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<AskRunner> logger)
{
    private readonly ConcurrentDictionary<string, RunningReply> _running = new(StringComparer.Ordinal);

    /// <summary>Starts the work.</summary>
    /// <param name="ask">The stored question and its empty reply.</param>
    public RunningReply Start(BegunAsk ask)
    {
        var running = new RunningReply(ask);
        _running[ask.Reply.Id] = running;
        _ = Task.Run(() => RunAsync(running));
        return running;
    }

    /// <summary>The reply of that id, if this process works on it.</summary>
    /// <param name="replyId">Its id.</param>
    public RunningReply? Find(string replyId) => _running.GetValueOrDefault(replyId);

    /// <summary>Waits until no ask runs.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    public Task WhenIdleAsync(CancellationToken cancellationToken) => Task.WhenAll(_running.Values.Select(running => running.Outcome))
        .WaitAsync(cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private async Task RunAsync(RunningReply running)
    {
        var replyId = running.Ask.Reply.Id;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(running.Ask.Question.WorkspaceId);
            var outcome = await scope.ServiceProvider.GetRequiredService<AskWork>().RunAsync(running, lifetime.ApplicationStopping);
            _running.TryRemove(replyId, out _);
            running.End(outcome);
        }
        catch (Exception e)
        {
            // The asker may have left: nobody else would say it.
            LogBroke(e, replyId);
            _running.TryRemove(replyId, out _);
            running.Break(e);
        }
        finally
        {
            running.Dispose();
        }
    }

    [LoggerMessage(EventName = "ask.broke", Level = LogLevel.Error, Message = "Reply {ReplyId} could not be brought to an end")]
    private partial void LogBroke(Exception failure, string replyId);
}
