namespace AImetier.Portal.Features.Webhooks;

/// <summary>An endpoint in answers of the API. Nothing of its secret, and nothing of what its address may hide.</summary>
/// <param name="Id"><c>we_…</c>.</param>
/// <param name="Url">Where events are sent, without the query, which often holds a password of its receiver.</param>
/// <param name="Events">Types of events that are sent.</param>
/// <param name="Note">What people call it, or null.</param>
/// <param name="State">How it stands.</param>
/// <param name="DisabledReason">Why the Portal switched it off: the receiver answered 410, or nothing succeeded for 5 days. Null while it is on.</param>
/// <param name="CreatedAt">When it was added, UTC.</param>
/// <param name="LastDeliveredAt">When it last took an event, UTC, or null.</param>
/// <param name="FailingSince">First failed attempt since then, UTC, or null.</param>
public sealed record WebhookJson(
    string Id,
    string Url,
    IReadOnlyList<string> Events,
    string? Note,
    string State,
    string? DisabledReason,
    DateTime CreatedAt,
    DateTime? LastDeliveredAt,
    DateTime? FailingSince)
{
    /// <summary>An endpoint as the API shows it.</summary>
    /// <param name="webhook">As lists show it.</param>
    public static WebhookJson Of(WebhookSummary webhook) => new(
        webhook.Id,
        new Uri(webhook.Url).GetLeftPart(UriPartial.Path),
        webhook.Events,
        webhook.Note,
        NameOf(webhook.State),
        webhook.DisabledReason is { } reason ? NameOf(reason) : null,
        webhook.CreatedAt.UtcDateTime,
        webhook.LastSuccessAt?.UtcDateTime,
        webhook.FailingSince?.UtcDateTime);

    /// <summary>The API's word for a state.</summary>
    /// <param name="state">The state.</param>
    public static string NameOf(WebhookState state) => state switch
    {
        WebhookState.Active => "active",
        WebhookState.Failing => "failing",
        WebhookState.Paused => "paused",
        WebhookState.Disabled => "disabled",
        _ => "secret_lost",
    };

    /// <summary>The API's word for why an endpoint was switched off.</summary>
    /// <param name="reason">The reason.</param>
    public static string NameOf(DisabledReason reason) => reason == Webhooks.DisabledReason.Gone ? "gone" : "failing";
}
