using AImetier.Portal.Features.Idempotency;
using Microsoft.OpenApi;

namespace AImetier.Portal.Features.Reference;

/// <summary>Headers of answers.</summary>
public static class ReferenceHeaders
{
    internal const string RequestId = "X-Request-Id";
    internal const string RetryAfter = "Retry-After";
    internal const string Authenticate = "WWW-Authenticate";
    internal const string Location = "Location";
    internal const string PreferenceApplied = "Preference-Applied";

    /// <summary>What every answer to a good key says about the limits.</summary>
    internal static readonly string[] Limits = ["RateLimit", "RateLimit-Policy"];

    /// <summary>Every header with its description.</summary>
    internal static readonly IReadOnlyDictionary<string, OpenApiHeader> All = new Dictionary<string, OpenApiHeader>(StringComparer.Ordinal)
    {
        [RequestId] = Text("Names this request in the Portal's log."),
        [Limits[0]] = Text("""What is left: `"key";r=118;t=1` means 118 requests, full again in 1 second. draft-ietf-httpapi-ratelimit-headers."""),
        [Limits[1]] = Text("""The limit: `"key";q=120;w=2` means 120 requests in 2 seconds. draft-ietf-httpapi-ratelimit-headers."""),
        [RetryAfter] = new() { Description = "Seconds to wait before trying again.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" } },
        [Authenticate] = Text("""For example `Bearer realm="aimetier", error="invalid_token"`. RFC 6750."""),
        [Location] = new() { Description = "Address of the reply.", Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri" } },
        [PreferenceApplied] = Text("`respond-async` where it was preferred. RFC 7240."),
        [RepeatableRequest.ReplayedHeader] = new() { Description = "This answer was given before.", Schema = ReferenceSchemas.OneOf(["true"]) },
    };

    /// <summary>Lets an answer name headers.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="document">Has the headers' components.</param>
    /// <param name="names">Keys of <see cref="All"/>.</param>
    internal static void Add(OpenApiResponse response, OpenApiDocument document, params IEnumerable<string> names)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        foreach (var name in names)
            response.Headers[name] = new OpenApiHeaderReference(name, document);
    }

    private static OpenApiHeader Text(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
