namespace AImetier.Portal.Features.Developer;

/// <summary>Marks the resources of outgoing webhooks.</summary>
public sealed class WebhookText;
