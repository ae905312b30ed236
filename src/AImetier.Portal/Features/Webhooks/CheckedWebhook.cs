namespace AImetier.Portal.Features.Webhooks;

/// <summary>What was typed about an endpoint, checked.</summary>
/// <param name="Url">Address, to be stored when there is no problem.</param>
/// <param name="EventTypes">Chosen types, separated by spaces.</param>
/// <param name="Note">What people call it, or null.</param>
/// <param name="Problems">The problem of each field that does not fit, by its name in <see cref="WebhookForm"/>.</param>
public sealed record CheckedWebhook(string Url, string EventTypes, string? Note, IReadOnlyDictionary<string, WebhookProblem> Problems);
