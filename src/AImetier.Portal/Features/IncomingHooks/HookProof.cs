namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>How the sender to an incoming hook proves itself. Chosen when the hook is made, for good.</summary>
public enum HookProof
{
    /// <summary>With a key of the hook's teammate, as bearer.</summary>
    Key = 0,

    /// <summary>With a signature of Standard Webhooks.</summary>
    StandardWebhooks = 1,

    /// <summary>With a signature as GitHub makes it.</summary>
    GitHub = 2,
}
