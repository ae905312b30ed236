using AImetier.Portal.Features.Conversations;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Outcome of sending something to a hook.</summary>
public abstract record HookOutcome
{
    private HookOutcome()
    {
    }

    /// <summary>The teammate was asked; the work goes on.</summary>
    /// <param name="ConversationId">The conversation that was begun.</param>
    /// <param name="ReplyId">The reply that is being written.</param>
    /// <param name="Replayed">Whether that was the first time or before.</param>
    public sealed record Accepted(string ConversationId, string ReplyId, bool Replayed) : HookOutcome;

    /// <summary>The sender did not prove itself, or there is no such hook: the same to the sender.</summary>
    public sealed record Unproven : HookOutcome;

    /// <summary>The key is good, but its teammate has no such hook that takes keys.</summary>
    public sealed record NoSuchHook : HookOutcome;

    /// <summary>The sender is proven; the hook is paused.</summary>
    public sealed record Paused : HookOutcome;

    /// <summary>The sender is proven; the body makes no question.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Unfit(HookRefusalReason Reason) : HookOutcome;

    /// <summary>The sender is proven; the teammate was not asked.</summary>
    /// <param name="Outcome">Why; neither started nor answered.</param>
    public sealed record NotAsked(AskOutcome Outcome) : HookOutcome;
}
