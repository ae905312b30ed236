namespace AImetier.Portal.Features.Webhooks;

/// <summary>A delivery with everything that is kept of it.</summary>
/// <param name="Delivery">As lists show it.</param>
/// <param name="Webhook">Its endpoint as it is now.</param>
/// <param name="Body">What is sent, exactly.</param>
/// <param name="Attempts">Its attempts, the newest first.</param>
public sealed record DeliveryDetail(DeliverySummary Delivery, WebhookSummary Webhook, string Body, IReadOnlyList<AttemptSummary> Attempts);
