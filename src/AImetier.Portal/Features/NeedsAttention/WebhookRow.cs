using AImetier.Portal.Features.Webhooks;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>An endpoint that needs a person, as a row of the queue.</summary>
/// <param name="Trouble">The endpoint.</param>
/// <param name="Teammate">Name of the teammate.</param>
public sealed record WebhookRow(WebhookTrouble Trouble, string Teammate)
{
    /// <summary>Key of its title; the host is argument {0}.</summary>
    public string TitleKey => $"Webhook.{Kind}.Title";

    /// <summary>Key of what it means; the teammate is argument {0}.</summary>
    public string TextKey => $"Webhook.{Kind}.Text";

    /// <summary>Where an admin looks at it.</summary>
    public string Address => $"/settings/developer/webhooks/{Trouble.WebhookId}";

    private string Kind => Trouble.DisabledReason switch
    {
        DisabledReason.Gone => "Gone",
        DisabledReason.Failing => "Off",
        _ => "Failing",
    };
}
