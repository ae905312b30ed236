using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Outcome of adding an endpoint.</summary>
public abstract record AddWebhookOutcome
{
    private AddWebhookOutcome()
    {
    }

    /// <summary>The endpoint exists; events from now on are sent.</summary>
    /// <param name="Webhook">As lists show it.</param>
    /// <param name="Secret">What signs, for this one response.</param>
    public sealed record Added(WebhookSummary Webhook, WebhookSecret Secret) : AddWebhookOutcome;

    /// <summary>The form was submitted before: its endpoint exists, its secret is not shown again.</summary>
    /// <param name="WebhookId">Id of that endpoint.</param>
    public sealed record AlreadyAdded(string WebhookId) : AddWebhookOutcome;

    /// <summary>What was typed does not fit; nothing was stored.</summary>
    /// <param name="Problems">The problem of each field that does not fit, by its name in <see cref="WebhookForm"/>.</param>
    public sealed record Refused(IReadOnlyDictionary<string, WebhookProblem> Problems) : AddWebhookOutcome;

    /// <summary>The teammate has <see cref="WebhookEndpoint.MostPerTeammate"/> endpoints.</summary>
    public sealed record TooMany : AddWebhookOutcome;

    /// <summary>No such teammate in this workspace, or removed.</summary>
    public sealed record NoTeammate : AddWebhookOutcome;

    /// <summary>The form did not come from the page: its one-use value is missing.</summary>
    public sealed record BadForm : AddWebhookOutcome;
}
