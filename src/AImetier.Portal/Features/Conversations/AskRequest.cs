using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Idempotency;

namespace AImetier.Portal.Features.Conversations;

/// <summary>A request for work.</summary>
/// <param name="TeammateId">Who is asked; a teammate of the current workspace, else the answer is not found.</param>
/// <param name="Text">What is asked, 1 to 100,000 characters.</param>
/// <param name="ConversationId">The conversation it belongs to, or null to begin one.</param>
/// <param name="Metadata">Up to 16 strings to echo, or null.</param>
/// <param name="By">Who asks.</param>
/// <param name="Source">Through which door.</param>
/// <param name="Repeatable">What makes it safe to repeat, or null.</param>
/// <param name="Operation">Within which its repeats are looked for: two doors may be given the same key for different requests.</param>
public sealed record AskRequest(
    string TeammateId,
    string Text,
    string? ConversationId,
    IReadOnlyDictionary<string, string>? Metadata,
    Requester By,
    ConversationSource Source,
    RepeatableRequest? Repeatable = null,
    string Operation = "messages");
