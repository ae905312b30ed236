using Microsoft.Data.Sqlite;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Ends streams with their key: it is looked up before each event, and several times a second.</summary>
/// <param name="rows">Reads the key's row.</param>
/// <param name="proofs">Has the row as it was read before.</param>
/// <param name="lifetime">Says when the Portal stops: streams then end too.</param>
/// <param name="time">The clock.</param>
public sealed class KeyWatch(TokenRowReader rows, VerifiedTokenCache proofs, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Whether a key may still be used, as of now.</summary>
    /// <param name="tokenId">Public id of the key.</param>
    public bool StillGood(string tokenId)
    {
        try
        {
            return rows.Read(tokenId, proofs.Find(tokenId)?.Row) is { Revoked: false, TeammateRemoved: false, Hash: not null };
        }
        catch (SqliteException)
        {
            // Nobody knows: better a stream that has to be opened again than one that should have ended.
            return false;
        }
    }

    /// <summary>Runs a stream while its key may be used, its client is there and the Portal runs.</summary>
    /// <param name="tokenId">Public id of the key.</param>
    /// <param name="stream">The stream; it ends by itself, or with an <see cref="OperationCanceledException"/> when its token fires.</param>
    /// <param name="leaves">The client leaves.</param>
    public async Task RunAsync(string tokenId, Func<CancellationToken, Task> stream, CancellationToken leaves)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(leaves, lifetime.ApplicationStopping);
        var watching = WatchAsync(tokenId, end);
        try
        {
            await stream(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Over: nothing more is written.
        }
        finally
        {
            await end.CancelAsync();
            await watching;
        }
    }

    private async Task WatchAsync(string tokenId, CancellationTokenSource end)
    {
        try
        {
            while (StillGood(tokenId))
                await Task.Delay(Pause, time, end.Token);
            await end.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The stream has ended.
        }
    }
}
