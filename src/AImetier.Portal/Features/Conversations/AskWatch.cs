using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>
/// Looks twice a second whether a running ask may go on, in the database and so for every process, and says there that it is still worked on.
/// </summary>
/// <param name="scopes">Makes the scope of each look: the ask's own context is busy.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class AskWatch(IServiceScopeFactory scopes, TimeProvider time, ILogger<AskWatch> logger)
{
    /// <summary>How long a reply counts as worked on after its process last said so: a killed one's replies are free again by then.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Cancels the work when its key is revoked, its hook or teammate paused or removed, its reply ended by somebody else, or stopped in another process.</summary>
    /// <param name="running">The running reply.</param>
    /// <param name="work">What to cancel.</param>
    /// <param name="ended">The work is over; the watch then ends without an exception.</param>
    public async Task CancelWhenForbiddenAsync(RunningReply running, CancellationTokenSource work, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Pause, time, ended);
                if (await MayGoOnAsync(running, ended))
                    continue;
                await work.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The work is over.
        }
    }

    private async Task<bool> MayGoOnAsync(RunningReply running, CancellationToken cancellationToken)
    {
        var ask = running.Ask;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentWorkspace>().Set(ask.Question.WorkspaceId);
            var reply = scope.ServiceProvider.GetRequiredService<PortalDbContext>().Set<Message>()
                .Where(message => message.Id == ask.Reply.Id && message.Status == MessageStatus.Working);
            var row = await reply.Select(message => new { message.WorkedOnUntil, message.StopRequestedAt }).SingleOrDefaultAsync(cancellationToken);
            if (row?.StopRequestedAt is not null)
                running.Stop();
            var until = row?.WorkedOnUntil;
            var now = time.GetUtcNow();
            if (until - now < Lease / 2)
                await reply.ExecuteUpdateAsync(set => set.SetProperty(message => message.WorkedOnUntil, now + Lease), cancellationToken);
            return until is not null && await scope.ServiceProvider.GetRequiredService<AskAccess>().RefusalAsync(ask.TeammateId, ask.By, cancellationToken) is null;
        }
        catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException)
        {
            // One missed look ends nothing: the next comes soon, and the last transaction checks again.
            LogLookFailed(ask.Reply.Id, e.GetType().Name);
            return true;
        }
    }

    [LoggerMessage(EventName = "ask.look_failed", Level = LogLevel.Warning, Message = "Reply {ReplyId}: the database could not be read ({Failure})")]
    private partial void LogLookFailed(string replyId, string failure);
}
