using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Features.Webhooks;

namespace AImetier.Portal.Features.Developer;

/// <summary>The page of an endpoint.</summary>
/// <param name="Webhook">The endpoint.</param>
/// <param name="Teammate">Whose events it gets.</param>
/// <param name="Deliveries">A page of its log.</param>
/// <param name="Place">Which page.</param>
/// <param name="Test">The test event that was just sent, or null.</param>
/// <param name="Resending">How far the last resending of many is, or null.</param>
/// <param name="Nonce">One-use value of the form that replaces the secret.</param>
public sealed record WebhookViewModel(
    WebhookSummary Webhook, Teammate Teammate, DeliveryPage Deliveries, WebhookPlace Place, DeliverySummary? Test, ResendProgress? Resending, string Nonce)
{
    /// <summary>The secret that was just made, or null.</summary>
    public NewWebhookSecretViewModel? New { get; init; }

    /// <summary>What was pasted to be checked.</summary>
    public SignatureForm Pasted { get; init; } = new(null, null, null);

    /// <summary>What was found, or null when nothing was checked.</summary>
    public SignatureFinding? Finding { get; init; }

    /// <summary>Page of the endpoint.</summary>
    public string Self => $"/settings/developer/webhooks/{Webhook.Id}";

    /// <summary>Whether a test event is on its way.</summary>
    public bool IsTesting => Test is { State: DeliveryState.Pending };

    /// <summary>Whether resent deliveries are on their way.</summary>
    public bool IsResending => Resending is { IsDone: false };
}
