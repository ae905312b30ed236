namespace AImetier.Portal.Features.Webhooks;

/// <summary>Outcome of asking for everything to be sent again that was not delivered since a time.</summary>
public abstract record ResendSinceOutcome
{
    private ResendSinceOutcome()
    {
    }

    /// <summary>It has begun.</summary>
    /// <param name="Progress">How far it is.</param>
    public sealed record Started(ResendProgress Progress) : ResendSinceOutcome;

    /// <summary>The one before is still putting deliveries into the queue; nothing was begun.</summary>
    /// <param name="Progress">How far that is.</param>
    public sealed record Running(ResendProgress Progress) : ResendSinceOutcome;

    /// <summary>There is nothing to send again.</summary>
    public sealed record Nothing : ResendSinceOutcome;

    /// <summary>The Portal has the endpoint switched off: resume it first. Nothing was begun.</summary>
    public sealed record Disabled : ResendSinceOutcome;

    /// <summary>The workspace has no such endpoint, or it was removed.</summary>
    public sealed record NotFound : ResendSinceOutcome;
}
