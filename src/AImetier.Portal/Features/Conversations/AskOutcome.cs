using AImetier.Portal.Features.Approvals;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Outcome of asking a teammate for work.</summary>
public abstract record AskOutcome
{
    private AskOutcome()
    {
    }

    /// <summary>The question is stored and the teammate works on it; <see cref="RunningReply.Outcome"/> says how that ends.</summary>
    /// <param name="Running">The reply being written.</param>
    public sealed record Started(RunningReply Running) : AskOutcome;

    /// <summary>The reply is there: whole, or as far as it was when it was stopped.</summary>
    /// <param name="Question">The stored question.</param>
    /// <param name="Reply">The stored reply.</param>
    /// <param name="Approvals">What it wants to send.</param>
    /// <param name="Replayed">Whether it was asked and answered before, with the same idempotency key.</param>
    public sealed record Answered(Message Question, Message Reply, IReadOnlyList<Approval> Approvals, bool Replayed = false) : AskOutcome;

    /// <summary>The request does not fit; nothing was stored.</summary>
    /// <param name="Errors">Sentences for developers by field, <c>text</c> or <c>metadata</c>.</param>
    public sealed record Validation(IReadOnlyDictionary<string, string[]> Errors) : AskOutcome;

    /// <summary>The workspace has no such teammate, or it was removed.</summary>
    public sealed record TeammateNotFound : AskOutcome;

    /// <summary>The teammate is paused. When it was paused during the work, the reply is stopped.</summary>
    public sealed record TeammatePaused : AskOutcome;

    /// <summary>The teammate has no such conversation, or it is not for who asks.</summary>
    public sealed record ConversationNotFound : AskOutcome;

    /// <summary>Another question of the conversation is being worked on; nothing was stored.</summary>
    /// <param name="RetryAfter">When to try again.</param>
    public sealed record ConversationBusy(TimeSpan RetryAfter) : AskOutcome;

    /// <summary>The key, or the hook, has asked for too much work; nothing was stored.</summary>
    /// <param name="Limit">Which limit.</param>
    /// <param name="RetryAfter">When to try again.</param>
    public sealed record WorkLimited(WorkLimit Limit, TimeSpan RetryAfter) : AskOutcome;

    /// <summary>The same request, with the same idempotency key, is being worked on.</summary>
    /// <param name="RetryAfter">When to try again.</param>
    public sealed record AlreadyWorking(TimeSpan RetryAfter) : AskOutcome;

    /// <summary>The idempotency key was used with another body; nothing was stored.</summary>
    public sealed record OtherBody : AskOutcome;

    /// <summary>The key is revoked, or its teammate removed. When that happened during the work, the reply is stopped.</summary>
    public sealed record KeyRevoked : AskOutcome;

    /// <summary>The incoming hook is paused or removed. When that happened during the work, the reply is stopped.</summary>
    public sealed record HookClosed : AskOutcome;

    /// <summary>The model failed, or the Portal stopped during the work; the question is kept and the reply marked failed.</summary>
    /// <param name="Question">The stored question.</param>
    public sealed record ModelFailed(Message Question) : AskOutcome;

    /// <summary>The model took too long; the question is kept and the reply marked failed.</summary>
    /// <param name="Question">The stored question.</param>
    public sealed record ModelTimeout(Message Question) : AskOutcome;
}
