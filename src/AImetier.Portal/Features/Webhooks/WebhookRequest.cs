using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>What goes out with a body.</summary>
/// <remarks>Standard Webhooks 1.0, "Webhook headers".</remarks>
public static class WebhookRequest
{
    /// <summary>Content type of every body.</summary>
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>How the Portal names itself.</summary>
    public const string UserAgent = "AImetier-Portal-Webhooks/1";

    /// <summary>Every header that the Portal sets, for sending and for the log.</summary>
    /// <param name="eventId">The <c>webhook-id</c>.</param>
    /// <param name="timestamp">Text of <c>webhook-timestamp</c>.</param>
    /// <param name="signature">Text of <c>webhook-signature</c>.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> HeadersOf(string eventId, string timestamp, string signature) =>
    [
        new("Content-Type", ContentType),
        new("User-Agent", UserAgent),
        new(WebhookSignature.IdHeader, eventId),
        new(WebhookSignature.TimestampHeader, timestamp),
        new(WebhookSignature.SignatureHeader, signature),
    ];
}
