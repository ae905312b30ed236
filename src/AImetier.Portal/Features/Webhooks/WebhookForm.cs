namespace AImetier.Portal.Features.Webhooks;

/// <summary>What is typed about an endpoint, and nothing else: other fields of a request are not bound.</summary>
/// <param name="Url">Address of the receiver as typed.</param>
/// <param name="Events">Chosen types of events; unknown ones are left out.</param>
/// <param name="Note">What people call it; empty for nothing.</param>
public sealed record WebhookForm(string? Url, IReadOnlyList<string?>? Events, string? Note);
