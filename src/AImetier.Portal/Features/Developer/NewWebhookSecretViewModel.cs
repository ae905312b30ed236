using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Developer;

/// <summary>The amber block of a secret just made. Rendered once, into the answer of the POST.</summary>
/// <param name="Secret">The full secret.</param>
/// <param name="Webhook">Its endpoint.</param>
/// <param name="IsReplacement">Whether the secret before still signs along.</param>
public sealed record NewWebhookSecretViewModel(WebhookSecret Secret, WebhookSummary Webhook, bool IsReplacement)
{
    /// <summary>Page of the endpoint.</summary>
    public string Address => $"/settings/developer/webhooks/{Webhook.Id}";
}
