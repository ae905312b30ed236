using AImetier.Portal.Features.Webhooks;

namespace AImetier.Portal.Features.Developer;

/// <summary>What stands in the form of an endpoint.</summary>
/// <param name="Url">Address.</param>
/// <param name="Events">Chosen types of events.</param>
/// <param name="Note">Note.</param>
public sealed record WebhookFields(string Url, IReadOnlyList<string> Events, string Note)
{
    /// <summary>A new form: every event is chosen, so that the first endpoint needs an address alone.</summary>
    public static readonly WebhookFields Empty = new("", WebhookEvents.All, "");

    /// <summary>Whether every event is chosen.</summary>
    public bool HasAllEvents => Events.Count == WebhookEvents.All.Count;

    /// <summary>What is stored.</summary>
    /// <param name="webhook">The endpoint.</param>
    public static WebhookFields Of(WebhookSummary webhook) => new(webhook.Url, webhook.Events, webhook.Note ?? "");

    /// <summary>What was typed.</summary>
    /// <param name="form">The form.</param>
    public static WebhookFields Of(WebhookForm form) => new(form.Url ?? "", WebhookEvents.Choose(form.Events), form.Note ?? "");
}
