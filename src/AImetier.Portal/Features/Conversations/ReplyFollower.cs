using System.Runtime.CompilerServices;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Follows a reply while it is written, from its beginning, whichever process writes it, for as long as the reader's session lasts.</summary>
/// <param name="runner">The replies of this process.</param>
/// <param name="db">The database.</param>
/// <param name="sessions">Sessions.</param>
/// <param name="time">The clock.</param>
public sealed class ReplyFollower(AskRunner runner, PortalDbContext db, SessionService sessions, TimeProvider time)
{
    /// <summary>Longest time between two looks at the session, and between two looks at a reply of another process.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private const int CharactersPerMillisecond = 50;

    /// <summary>The reply as it grows: at most five times and at least once a second, at last as it ended.</summary>
    /// <param name="replyId">A reply that the reader may see.</param>
    /// <param name="sessionKey">The reader's session, good a moment ago. When it ends, so does this, without an end of the reply.</param>
    /// <param name="cancellationToken">The reader leaves; the work goes on.</param>
    public async IAsyncEnumerable<ReplySoFar> FollowAsync(
        string replyId, string sessionKey, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = runner.Find(replyId);
        var looked = time.GetTimestamp();
        while (true)
        {
            var reply = running is null ? await StoredAsync(replyId, cancellationToken) : Now(running);
            yield return reply;
            if (reply.Ended)
                yield break;

            if (running is null)
                await Task.Delay(Look, time, cancellationToken);
            else
                await WaitAsync(running, reply.Text.Length, cancellationToken);
            if (time.GetElapsedTime(looked) < Look)
                continue;
            looked = time.GetTimestamp();
            if (!await sessions.IsStillGoodAsync(sessionKey, cancellationToken))
                yield break;
        }
    }

    private static ReplySoFar Now(RunningReply running)
    {
        // Asked before the text is: what was written last comes before the end.
        var ended = running.Outcome.IsCompleted;
        return new ReplySoFar(running.Text, ended);
    }

    // A long text is shown less often: putting it on a page costs by its length.
    private async Task WaitAsync(RunningReply running, int length, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (length > 0)
        {
            var pause = TimeSpan.FromMilliseconds(Math.Clamp(length / CharactersPerMillisecond, ShortestPause.TotalMilliseconds, Look.TotalMilliseconds));
            await Task.WhenAny(running.Outcome, Task.Delay(pause, time, over.Token));
        }

        await Task.WhenAny(running.WhenLongerAsync(length), Task.Delay(Look, time, over.Token));
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    // A reply whose conversation was removed has ended too.
    private async Task<ReplySoFar> StoredAsync(string replyId, CancellationToken cancellationToken)
    {
        var row = await db.Set<Message>().Where(message => message.Id == replyId)
            .Select(message => new { message.Status, message.Text }).SingleOrDefaultAsync(cancellationToken);
        return new ReplySoFar(row?.Text ?? "", row is not { Status: MessageStatus.Working });
    }
}
