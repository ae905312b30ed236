namespace AImetier.Portal.Features.Webhooks;

/// <summary>How an endpoint stands, for people to read. The most pressing is said.</summary>
public enum WebhookState
{
    /// <summary>Events are sent.</summary>
    Active,

    /// <summary>Events are sent, but the last attempts failed.</summary>
    Failing,

    /// <summary>A person paused it: events wait and are sent when it is resumed.</summary>
    Paused,

    /// <summary>The Portal switched it off: events are kept and can be resent.</summary>
    Disabled,

    /// <summary>The key ring that encrypted its secret is lost: nothing can be signed until the secret is replaced.</summary>
    SecretLost,
}
