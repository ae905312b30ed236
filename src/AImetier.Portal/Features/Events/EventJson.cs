namespace AImetier.Portal.Features.Events;

/// <summary>The body of an event, in webhooks and streams.</summary>
/// <param name="Type">What happened, for example <c>message.completed</c>.</param>
/// <param name="Timestamp">When it happened, UTC.</param>
/// <param name="Data">Ids and state.</param>
/// <remarks>Standard Webhooks 1.0, "Payload structure".</remarks>
public sealed record EventJson<TData>(string Type, DateTime Timestamp, TData Data);
