using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>What a developer says that a receiver got. Nothing of it is stored or logged; the secret prints itself masked.</summary>
/// <param name="Id">Value of <c>webhook-id</c>, or null.</param>
/// <param name="Timestamp">Value of <c>webhook-timestamp</c>, or null.</param>
/// <param name="Signature">Value of <c>webhook-signature</c>, or null.</param>
/// <param name="Body">The body. Space around it is left out: bodies of ours have none, and pasting adds some.</param>
/// <param name="Secret">The secret that the receiver uses, or null to check with the endpoint's own.</param>
public sealed record PastedDelivery(string? Id, string? Timestamp, string? Signature, string Body, WebhookSecret? Secret);
