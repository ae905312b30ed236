using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>A delivery that this process is about to attempt, with all that the attempt needs.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="ClaimId">The claim under which the result is stored.</param>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="EventId">The <c>webhook-id</c>.</param>
/// <param name="EventType">Type of the event.</param>
/// <param name="Body">The JSON text.</param>
/// <param name="Attempts">Attempts made before, in all.</param>
/// <param name="Tries">Attempts made before, since it was made or last resent.</param>
/// <param name="Url">Where to send it.</param>
/// <param name="Secrets">What signs: one, two while a secret is being replaced, none when the key ring is lost. They print themselves masked.</param>
public sealed record ClaimedDelivery(
    string Id,
    string ClaimId,
    string EndpointId,
    string EventId,
    string EventType,
    string Body,
    int Attempts,
    int Tries,
    string Url,
    IReadOnlyList<WebhookSecret> Secrets);
