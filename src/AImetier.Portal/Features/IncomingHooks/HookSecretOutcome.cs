using AImetier.Portal.Security;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Outcome of making a hook or of replacing its secret.</summary>
public abstract record HookSecretOutcome
{
    private HookSecretOutcome()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="HookId">The hook.</param>
    /// <param name="Made">The secret that the Portal made, to be shown once; null where one was pasted or none is needed.</param>
    public sealed record Done(string HookId, WebhookSecret? Made) : HookSecretOutcome;

    /// <summary>What was typed does not fit; nothing was changed.</summary>
    /// <param name="Profile">The checks of name and template; null where only a secret was asked for.</param>
    /// <param name="BadSecret">Whether the pasted secret does not fit.</param>
    public sealed record Invalid(HookProfile? Profile, bool BadSecret) : HookSecretOutcome;

    /// <summary>The form was submitted before.</summary>
    /// <param name="HookId">The hook that it made or changed.</param>
    public sealed record AlreadyDone(string HookId) : HookSecretOutcome;

    /// <summary>The teammate has as many hooks as it may have.</summary>
    public sealed record TooMany : HookSecretOutcome;

    /// <summary>The workspace has no such teammate, or no such hook with a secret.</summary>
    public sealed record NotFound : HookSecretOutcome;

    /// <summary>The form was incomplete.</summary>
    public sealed record BadForm : HookSecretOutcome;
}
