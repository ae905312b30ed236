using System.Text.Json.Nodes;

namespace AImetier.Portal.Features.Events;

/// <summary>An event in a list: its body with its id.</summary>
/// <param name="Id"><c>evt_…</c>.</param>
/// <param name="Type">What happened, for example <c>message.completed</c>.</param>
/// <param name="Timestamp">When it happened, UTC.</param>
/// <param name="Data">Ids and state; which ones depends on the type, as under webhooks.</param>
public sealed record ListedEventJson(string Id, string Type, DateTime Timestamp, JsonObject Data);
