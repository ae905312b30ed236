using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>How many deliveries of which endpoint are to be claimed.</summary>
/// <param name="Endpoint">The endpoint, as it was read a moment ago.</param>
/// <param name="Secrets">What signs for it.</param>
/// <param name="Most">Most deliveries.</param>
public sealed record WantedDeliveries(WebhookEndpoint Endpoint, IReadOnlyList<WebhookSecret> Secrets, int Most);
