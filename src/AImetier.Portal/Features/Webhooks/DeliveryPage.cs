namespace AImetier.Portal.Features.Webhooks;

/// <summary>One page of an endpoint's deliveries, newest first.</summary>
/// <param name="Deliveries">At most <see cref="Size"/>.</param>
/// <param name="Next">Where the next page begins, or null on the last.</param>
public sealed record DeliveryPage(IReadOnlyList<DeliverySummary> Deliveries, string? Next)
{
    /// <summary>Deliveries on a page.</summary>
    public const int Size = 50;
}
