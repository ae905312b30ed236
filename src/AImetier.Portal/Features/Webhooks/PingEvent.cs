namespace AImetier.Portal.Features.Webhooks;

/// <summary>What a test event tells.</summary>
/// <param name="TeammateId">The teammate whose events the endpoint gets.</param>
/// <param name="WebhookId">The endpoint.</param>
public sealed record PingEvent(string TeammateId, string WebhookId);
