using System.Text.Json;
using AImetier.Portal.Features.Shared;
using Microsoft.OpenApi;

namespace AImetier.Portal.Features.Reference;

/// <summary>Every problem of the API as an example.</summary>
public static class ReferenceProblems
{
    /// <summary>Content type of problems. RFC 9457.</summary>
    internal const string ContentType = "application/problem+json";

    private const string RequestId = "0HNFQ2V7K3M1A:00000001";

    private static readonly Dictionary<string, string> Details = new(StringComparer.Ordinal)
    {
        ["malformed_authorization"] = "Send one header 'Authorization: Bearer hclip_…' with one key.",
        ["validation_failed"] = "The body does not fit; 'errors' says which fields and why.",
        ["missing_key"] = "Send a key as 'Authorization: Bearer hclip_…'.",
        ["invalid_key"] = "This key is not accepted. It may have been mistyped, revoked, or belong to a teammate that was removed. Check it in Settings > Developer.",
        ["invalid_proof"] = "Send a key of this teammate, or a signature over the exact bytes of the body, not older than 5 minutes: whichever this address asks for. An admin of the Portal sees in Settings > Developer what was wrong.",
        ["wrong_teammate"] = "This key is for Mia (tm_8f3k2m9q4r7s1t6v5w0x). Use that id, or 'me', in the path.",
        ["not_found"] = "This teammate has nothing of that id for keys.",
        ["method_not_allowed"] = "This address does not take that method; see the Allow header.",
        ["not_acceptable"] = "This answer is JSON. Send 'Accept: application/json', or no Accept header.",
        ["teammate_paused"] = "The teammate is paused. An admin of the Portal can resume it; the key stays good.",
        ["hook_paused"] = "The address is paused. An admin of the Portal can resume it.",
        ["conversation_busy"] = "The conversation is working on another question. Nothing was stored; try again.",
        ["idempotency_in_progress"] = "The same request is being worked on. Repeat it later for its answer.",
        ["events_expired"] = "The Last-Event-ID is unknown, or older than 30 days. Read what you missed with the lists, and start without it.",
        ["payload_too_large"] = "The body may have at most 1048576 bytes.",
        ["unsupported_media_type"] = "Send the body as 'Content-Type: application/json' in UTF-8, without Content-Encoding.",
        ["idempotency_mismatch"] = "This Idempotency-Key was used with another body within 24 hours. Nothing was done; choose a new one.",
        ["rate_limited"] = "This key calls too often. Nothing was done; wait and try again.",
        ["too_many_at_once"] = "Too many asks of this key are being worked on. Nothing was stored.",
        ["daily_limit"] = "This key has asked for too much work within 24 hours. Nothing was stored.",
        ["internal_error"] = "Something went wrong here. The request id helps to find it in the log.",
        ["model_failed"] = "The model failed. The question was kept; repeat it with the same Idempotency-Key to have it asked again.",
        ["busy"] = "The database is busy. Nothing was done; try again.",
        ["model_timeout"] = "The model took too long. The question was kept; repeat it with the same Idempotency-Key to have it asked again.",
    };

    /// <summary>Problems that say when to try again.</summary>
    internal static readonly IReadOnlySet<string> WithRetry = new HashSet<string>(StringComparer.Ordinal)
    {
        "conversation_busy", "idempotency_in_progress", "rate_limited", "too_many_at_once", "daily_limit", "busy",
    };

    /// <summary>The example of a problem.</summary>
    /// <param name="code">A key of <see cref="ApiProblem.All"/>.</param>
    /// <param name="address">Public address of the Portal.</param>
    internal static OpenApiExample Example(string code, string address)
    {
        var (status, title) = ApiProblem.All[code];
        Dictionary<string, string[]>? errors = code == "validation_failed" ? new(StringComparer.Ordinal) { ["text"] = ["It is required."] } : null;
        var body = new ApiProblem.Body($"{address}/developers/errors#{code}", title, status, Details[code], code, RequestId, errors);
        return new() { Summary = title, Value = JsonSerializer.SerializeToNode(body, ApiProblemJson.Readable.Body) };
    }
}
