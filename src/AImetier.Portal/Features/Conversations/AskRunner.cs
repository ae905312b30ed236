using System.Collections.Concurrent;
using AImetier.Portal.Data;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Runs asks apart from the requests that began them: the asker may leave, the work goes on until the Portal stops.</summary>
/// <param name="scopes">Makes the scope of each ask.</param>
/// <param name="lifetime">Says when the Portal stops.</param>
/// <param name="logger">The log.</param>
public sealed partial class AskRunner(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, ILogger<AskRunner> logger)
{
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <summary>Starts the work.</summary>
    /// <param name="ask">The stored question and its empty reply.</param>
    /// <returns>Ends with the outcome.</returns>
    public Task<AskOutcome> Start(BegunAsk ask)
    {
        var work = Task.Run(() => RunAsync(ask));
        _running[ask.Reply.Id] = work;
        _ = work.ContinueWith(
            _ => _running.TryRemove(ask.Reply.Id, out var _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return work;
    }

    /// <summary>Whether this process works on a reply.</summary>
    /// <param name="replyId">Its id.</param>
    public bool IsRunning(string replyId) => _running.ContainsKey(replyId);

    /// <summary>Waits until no ask runs.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    public Task WhenIdleAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_running.Values).WaitAsync(cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private async Task<AskOutcome> RunAsync(BegunAsk ask)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(ask.Question.WorkspaceId);
        try
        {
            return await scope.ServiceProvider.GetRequiredService<AskWork>().RunAsync(ask, lifetime.ApplicationStopping);
        }
        catch (Exception e)
        {
            // The asker may have left: nobody else would say it.
            LogBroke(e, ask.Reply.Id);
            throw;
        }
    }

    [LoggerMessage(EventName = "ask.broke", Level = LogLevel.Error, Message = "Reply {ReplyId} could not be brought to an end")]
    private partial void LogBroke(Exception failure, string replyId);
}
