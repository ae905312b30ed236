namespace AImetier.Portal.Features.Conversations;

/// <summary>What an event about a reply tells: ids and state, never what was written.</summary>
/// <param name="TeammateId">The teammate.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="MessageId">The reply.</param>
/// <param name="State">Its status.</param>
/// <param name="Metadata">What the asker attached.</param>
public sealed record MessageEvent(string TeammateId, string ConversationId, string MessageId, string State, IReadOnlyDictionary<string, string> Metadata);
