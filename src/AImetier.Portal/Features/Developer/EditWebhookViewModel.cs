using AImetier.Portal.Features.Webhooks;

namespace AImetier.Portal.Features.Developer;

/// <summary>The form that changes an endpoint.</summary>
/// <param name="Webhook">The endpoint as it is stored.</param>
/// <param name="Fields">What stands in the form.</param>
public sealed record EditWebhookViewModel(WebhookSummary Webhook, WebhookFields Fields);
