namespace AImetier.Portal.Features.Webhooks;

/// <summary>An endpoint that needs a person.</summary>
/// <param name="WebhookId"><c>we_…</c>.</param>
/// <param name="TeammateId">The teammate whose events it gets.</param>
/// <param name="Host">Host of its address.</param>
/// <param name="DisabledReason">Why the Portal switched it off; null while it is on and fails.</param>
/// <param name="Since">When it was switched off, or since when it fails.</param>
public sealed record WebhookTrouble(string WebhookId, string TeammateId, string Host, DisabledReason? DisabledReason, DateTimeOffset Since);
