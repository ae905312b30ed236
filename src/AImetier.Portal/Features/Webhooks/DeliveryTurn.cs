using AImetier.Portal.Data;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>One turn of the sender, in one transaction: stores how attempts ended, then claims what is due.</summary>
/// <param name="db">The database.</param>
/// <param name="store">The queue.</param>
/// <param name="failures">Notes at endpoints how attempts ended.</param>
public sealed class DeliveryTurn(PortalDbContext db, DeliveryStore store, EndpointFailures failures)
{
    /// <summary>Stores and claims.</summary>
    /// <param name="finished">Attempts that ended.</param>
    /// <param name="wanted">What to claim.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task<IReadOnlyList<ClaimedDelivery>> RunAsync(
        IReadOnlyList<FinishedAttempt> finished, IReadOnlyList<WantedDeliveries> wanted, CancellationToken cancellationToken)
    {
        var claimed = new List<ClaimedDelivery>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (finished.Count > 0)
        {
            await store.StoreAsync(finished, cancellationToken);
            await failures.NoteAsync(finished, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        foreach (var one in wanted)
            claimed.AddRange(await store.ClaimAsync(one, cancellationToken));
        await transaction.CommitAsync(CancellationToken.None);
        return claimed;
    }
}
