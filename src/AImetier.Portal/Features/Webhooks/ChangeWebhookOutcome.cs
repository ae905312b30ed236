namespace AImetier.Portal.Features.Webhooks;

/// <summary>Outcome of changing, pausing or resuming an endpoint.</summary>
public abstract record ChangeWebhookOutcome
{
    private ChangeWebhookOutcome()
    {
    }

    /// <summary>Done, or already so.</summary>
    /// <param name="Webhook">The endpoint as it is now.</param>
    public sealed record Done(WebhookSummary Webhook) : ChangeWebhookOutcome;

    /// <summary>The workspace has no such endpoint, or it was removed.</summary>
    public sealed record NotFound : ChangeWebhookOutcome;

    /// <summary>What was typed does not fit; nothing was changed.</summary>
    /// <param name="Problems">The problem of each field that does not fit, by its name in <see cref="WebhookForm"/>.</param>
    public sealed record Refused(IReadOnlyDictionary<string, WebhookProblem> Problems) : ChangeWebhookOutcome;
}
