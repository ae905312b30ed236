namespace AImetier.Portal.Features.Webhooks;

/// <summary>Outcome of sending one delivery again.</summary>
public abstract record ResendOutcome
{
    private ResendOutcome()
    {
    }

    /// <summary>It is about to be sent, or when its endpoint is resumed.</summary>
    /// <param name="Delivery">As it is now.</param>
    public sealed record Queued(DeliverySummary Delivery) : ResendOutcome;

    /// <summary>It is being sent right now; nothing was changed.</summary>
    public sealed record BeingSent : ResendOutcome;

    /// <summary>The Portal has its endpoint switched off: resume that first. Nothing was changed.</summary>
    public sealed record Disabled : ResendOutcome;

    /// <summary>The workspace has no such delivery, or its endpoint was removed.</summary>
    public sealed record NotFound : ResendOutcome;
}
