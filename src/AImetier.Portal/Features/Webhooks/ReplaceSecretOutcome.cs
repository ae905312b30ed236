using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Outcome of replacing an endpoint's secret.</summary>
public abstract record ReplaceSecretOutcome
{
    private ReplaceSecretOutcome()
    {
    }

    /// <summary>The new secret signs from now on, the one before along with it for <see cref="WebhookEndpoint.BothSecrets"/>.</summary>
    /// <param name="Webhook">The endpoint.</param>
    /// <param name="Secret">The new secret, for this one response.</param>
    public sealed record Replaced(WebhookSummary Webhook, WebhookSecret Secret) : ReplaceSecretOutcome;

    /// <summary>The form was submitted before; nothing was changed, the secret is not shown again.</summary>
    /// <param name="Webhook">The endpoint.</param>
    public sealed record AlreadyReplaced(WebhookSummary Webhook) : ReplaceSecretOutcome;

    /// <summary>The workspace has no such endpoint, or it was removed.</summary>
    public sealed record NotFound : ReplaceSecretOutcome;

    /// <summary>The form did not come from the page: its one-use value is missing.</summary>
    public sealed record BadForm : ReplaceSecretOutcome;
}
