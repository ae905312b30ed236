using System.Security.Cryptography;

namespace AImetier.Portal.Tests.Webhooks.Killing;

/// <summary>
/// Kills the real Portal again and again, at random moments, while thousands of events are under way, and then counts. Several processes work on one database;
/// each is started again as soon as it was killed.
/// </summary>
/// <param name="kills">How many.</param>
/// <param name="inFlight">Events that are kept on their way.</param>
/// <param name="processes">Processes at once.</param>
/// <param name="progress">Is told after each kill: how many there were, and how many events have arrived.</param>
public sealed class KillCampaign(int kills, int inFlight, int processes, Action<int, int>? progress = null)
{
    private const int MostArrivals = 400;
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private int _begun;
    private int _killed;
    private int _midAttempt;

    /// <summary>Runs it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<KillTally> RunAsync(CancellationToken cancellationToken)
    {
        await using var receiver = await KillReceiver.StartAsync(cancellationToken);
        await using var database = await KillDatabase.CreateAsync(receiver, cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var publishing = PublishAsync(receiver, database, over.Token);
        await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => KillAsync(receiver, database, cancellationToken)));
        await over.CancelAsync();
        await publishing;
        await DrainAsync(receiver, database, cancellationToken);

        var (planned, undelivered) = await database.DeliveriesAsync();
        return new KillTally(
            _killed,
            _midAttempt,
            database.Published.Count,
            receiver.Missing(database.Published),
            undelivered,
            receiver.Repeats,
            receiver.Strangers + receiver.Unknown(database.Published),
            planned,
            await database.CheckAsync());
    }

    private async Task PublishAsync(KillReceiver receiver, KillDatabase database, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var missing = inFlight - (database.Published.Count - receiver.Arrived);
            if (missing > 0)
                await database.PublishAsync(missing, over);
            else
                await Task.Delay(Pause, TimeProvider.System, over).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    // Most are killed while they send, after some arrivals, however slow the machine is; some while they still start.
    private async Task KillAsync(KillReceiver receiver, KillDatabase database, CancellationToken cancellationToken)
    {
        while (Interlocked.Increment(ref _begun) <= kills)
        {
            await using (var process = KilledProcess.Start(database.Folder))
            {
                if (RandomNumberGenerator.GetInt32(5) == 0)
                    await Task.Delay(LongestStart * (RandomNumberGenerator.GetInt32(1000) / 1000.0), TimeProvider.System, cancellationToken);
                else
                    await WorkAsync(process, receiver, cancellationToken);
            }

            if (await database.ClaimedAsync() > 0)
                Interlocked.Increment(ref _midAttempt);
            var killed = Interlocked.Increment(ref _killed);
            progress?.Invoke(killed, receiver.Arrived);
        }
    }

    private static async Task WorkAsync(KilledProcess process, KillReceiver receiver, CancellationToken cancellationToken)
    {
        await process.Listening.WaitAsync(cancellationToken);
        var (began, enough) = (TimeProvider.System.GetTimestamp(), receiver.Arrived + RandomNumberGenerator.GetInt32(MostArrivals));
        while (receiver.Arrived < enough && TimeProvider.System.GetElapsedTime(began) < LongestLife)
            await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(1, 10)), TimeProvider.System, cancellationToken);
    }

    // What the last ones had claimed comes when their claims lapse.
    private static async Task DrainAsync(KillReceiver receiver, KillDatabase database, CancellationToken cancellationToken)
    {
        await using var process = KilledProcess.Start(database.Folder);
        var began = TimeProvider.System.GetTimestamp();
        while ((receiver.Missing(database.Published) > 0 || (await database.DeliveriesAsync()).Undelivered > 0) && TimeProvider.System.GetElapsedTime(began) < LongestDrain)
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
    }
}
