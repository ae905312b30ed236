using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>
/// Sends what is due. Any number of processes do so beside each other: a delivery belongs to whoever claimed it, until the claim lapses. What a killed process
/// had sent and not stored is sent once more, with the same <c>webhook-id</c>.
/// </summary>
/// <param name="scopes">Makes the scope of each turn.</param>
/// <param name="post">Posts.</param>
/// <param name="secrets">Decrypts what signs.</param>
/// <param name="signal">Says that deliveries have become due.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public sealed partial class DeliverySender(
    IServiceScopeFactory scopes, WebhookPost post, WebhookSecrets secrets, DeliverySignal signal, TimeProvider time, ILogger<DeliverySender> logger)
    : BackgroundService
{
    /// <summary>Most deliveries claimed in one turn.</summary>
    public const int MostPerTurn = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MendPause = TimeSpan.FromMinutes(1);

    // What ends meanwhile is stored together; nothing waits longer for it than this and the transaction before.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(5);
    private readonly DeliverySlots _slots = new();
    private readonly Channel<FinishedAttempt> _ended = Channel.CreateUnbounded<FinishedAttempt>();
    private readonly List<FinishedAttempt> _unstored = [];
    private DateTimeOffset _mendedAt;
    private uint _turns;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // What is on its way may end; the claims of what does not lapse, and another process sends it again.
        using var limit = new CancellationTokenSource(LastWait, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while (_slots.Taken > 0)
                Take(await _ended.Reader.ReadAsync(either.Token));
        }
        catch (OperationCanceledException)
        {
            LogLeft(_slots.Taken);
        }

        await TurnAsync(canClaim: false, CancellationToken.None);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            if (await TurnAsync(canClaim: true, stoppingToken))
                continue;
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var ended = _ended.Reader.WaitToReadAsync(wait.Token).AsTask();
            if (await Task.WhenAny(next, ended, Task.Delay(Pause, time, wait.Token)) == ended && !stoppingToken.IsCancellationRequested)
                await Task.Delay(Gathering, TimeProvider.System, stoppingToken);
            await wait.CancelAsync();
        }
    }

    private async Task<bool> TurnAsync(bool canClaim, CancellationToken cancellationToken)
    {
        while (_ended.Reader.TryRead(out var ended))
            Take(ended);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await TurnAsync(scope.ServiceProvider, canClaim, cancellationToken);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or DbUpdateException)
        {
            // What ended is kept and stored with the next turn.
            LogTurnFailed(e.GetType().Name);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The Portal stops.
        }
        catch (Exception e)
        {
            // Their claims lapse, and they are sent again; nothing else must wait for them.
            LogTurnBroke(e);
            _unstored.Clear();
        }

        return false;
    }

    private async Task<bool> TurnAsync(IServiceProvider services, bool canClaim, CancellationToken cancellationToken)
    {
        var wanted = new List<WantedDeliveries>();
        var claimed = new List<ClaimedDelivery>();
        try
        {
            if (canClaim)
                await WantAsync(wanted, services.GetRequiredService<DeliveryStore>(), cancellationToken);
            if (_unstored.Count == 0 && wanted.Count == 0)
                return false;
            claimed.AddRange(await services.GetRequiredService<DeliveryTurn>().RunAsync(_unstored, wanted, cancellationToken));
            _unstored.Clear();
        }
        finally
        {
            wanted.ForEach(one => _slots.Take(one.Endpoint.Id, claimed.Count(delivery => delivery.EndpointId == one.Endpoint.Id) - one.Most));
        }

        claimed.ForEach(Start);
        return claimed.Count == MostPerTurn;
    }

    // Takes the places; what is not claimed gives them back.
    private async Task WantAsync(List<WantedDeliveries> wanted, DeliveryStore store, CancellationToken cancellationToken)
    {
        // By the clock on the wall: when that is set, it is looked at once.
        if ((time.GetUtcNow() - _mendedAt).Duration() >= MendPause)
        {
            await store.MendAsync(cancellationToken);
            _mendedAt = time.GetUtcNow();
        }

        // Every endpoint comes first in its turn, so that none is forgotten when there are more than fit.
        var due = await store.DueAsync(cancellationToken);
        var first = due.Count == 0 ? 0 : (int)(_turns++ % (uint)due.Count);
        var left = MostPerTurn;
        foreach (var endpoint in due.Skip(first).Concat(due.Take(first)))
        {
            var most = Math.Min(left, _slots.FreeOf(endpoint.Id));
            if (most <= 0)
                continue;
            wanted.Add(new WantedDeliveries(endpoint, secrets.Read(endpoint), most));
            _slots.Take(endpoint.Id, most);
            left -= most;
        }
    }

    private void Start(ClaimedDelivery delivery) => _ = Task.Run(
        async () => _ended.Writer.TryWrite(new FinishedAttempt(delivery, await post.SendAsync(delivery, CancellationToken.None))), CancellationToken.None);

    private void Take(FinishedAttempt ended)
    {
        _slots.Return(ended.Delivery.EndpointId, ended.Result);
        _unstored.Add(ended);
    }

    [LoggerMessage(EventName = "webhook.turn_failed", Level = LogLevel.Warning, Message = "Deliveries could not be stored or claimed ({Failure}); they are tried again")]
    private partial void LogTurnFailed(string failure);

    [LoggerMessage(EventName = "webhook.turn_broke", Level = LogLevel.Error, Message = "Deliveries could not be stored or claimed")]
    private partial void LogTurnBroke(Exception failure);

    [LoggerMessage(EventName = "webhook.left", Level = LogLevel.Information, Message = "{Deliveries} deliveries were being sent at the stop; they are sent again")]
    private partial void LogLeft(int deliveries);
}
