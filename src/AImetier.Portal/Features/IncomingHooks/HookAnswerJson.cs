namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>The answer to what a hook took.</summary>
/// <param name="ConversationId">The conversation that was begun, <c>cv_…</c>.</param>
/// <param name="MessageId">The reply that is being written, <c>msg_…</c>.</param>
public sealed record HookAnswerJson(string ConversationId, string MessageId);
