namespace AImetier.Portal.Features.Webhooks;

/// <summary>Why the Portal switched an endpoint off.</summary>
public enum DisabledReason
{
    /// <summary>The receiver answered 410: it wants no more.</summary>
    Gone = 1,

    /// <summary>Nothing succeeded for 5 days.</summary>
    Failing = 2,
}
