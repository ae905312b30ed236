namespace AImetier.Portal.Features.Shared;

/// <summary>Problem details of the API: one shape, one list of codes that programs compare.</summary>
/// <remarks>RFC 9457; under the paths of the OpenAI-compatible door, the one exception, see <see cref="OpenAiProblem"/>. <c>type</c> is the address of the explanation on this installation; <c>requestId</c> equals <c>X-Request-Id</c>.</remarks>
public static class ApiProblem
{
    private static readonly Dictionary<string, (int Status, string Title)> Codes = new(StringComparer.Ordinal)
    {
        ["malformed_authorization"] = (400, "The Authorization header is malformed"),
        ["validation_failed"] = (400, "The request does not fit"),
        ["missing_key"] = (401, "A key is needed"),
        ["invalid_key"] = (401, "The key is not accepted"),
        ["invalid_proof"] = (401, "The sender is not proven"),
        ["wrong_teammate"] = (403, "This key is for another teammate"),
        ["foreign_origin"] = (403, "Web pages of other sites may not call here"),
        ["not_found"] = (404, "There is nothing here"),
        ["model_not_found"] = (404, "There is no such model"),
        ["method_not_allowed"] = (405, "The method is not allowed here"),
        ["not_acceptable"] = (406, "None of the accepted formats can be given"),
        ["teammate_paused"] = (409, "The teammate is paused"),
        ["hook_paused"] = (409, "The address is paused"),
        ["conversation_busy"] = (409, "The conversation is busy"),
        ["idempotency_in_progress"] = (409, "The same request is being worked on"),
        ["events_expired"] = (410, "These events are not kept any more"),
        ["payload_too_large"] = (413, "The body is too large"),
        ["unsupported_media_type"] = (415, "The body is of a type that is not taken here"),
        ["idempotency_mismatch"] = (422, "The Idempotency-Key was used for something else"),
        ["rate_limited"] = (429, "Too many requests"),
        ["too_many_at_once"] = (429, "Too many asks at once"),
        ["daily_limit"] = (429, "The daily limit is reached"),
        ["internal_error"] = (500, "Something went wrong here"),
        ["model_failed"] = (502, "The model failed"),
        ["busy"] = (503, "The Portal is busy"),
        ["model_timeout"] = (504, "The model took too long"),
    };

    /// <summary>Every code with its status and title.</summary>
    public static IReadOnlyDictionary<string, (int Status, string Title)> All => Codes;

    /// <summary>Makes the answer for a code.</summary>
    /// <param name="code">A key of <see cref="All"/>.</param>
    /// <param name="detail">What happened and what to do, for a developer.</param>
    /// <param name="retryAfter">Value of <c>Retry-After</c>, rounded up to whole seconds; or null.</param>
    /// <param name="errors">Messages by field, with <c>validation_failed</c>; or null.</param>
    public static IResult Of(string code, string detail, TimeSpan? retryAfter = null, IReadOnlyDictionary<string, string[]>? errors = null) =>
        new Answer(code, detail, retryAfter, errors);

    /// <summary>The body of a problem, where it stands inside something else, such as an event of a stream.</summary>
    /// <param name="problem">Made by <see cref="Of"/>.</param>
    /// <param name="context">The request.</param>
    internal static Body BodyOf(IResult problem, HttpContext context) => ((Answer)problem).BodyOf(context);

    private sealed class Answer(string code, string detail, TimeSpan? retryAfter, IReadOnlyDictionary<string, string[]>? errors) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = Codes[code].Status;
            response.Headers.CacheControl = "no-store";
            if (retryAfter is { } wait)
                response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);

            if (OpenAiProblem.Speaks(httpContext.Request))
            {
                OpenAiProblem.DiscourageRetry(response, code);
                await response.WriteAsJsonAsync(OpenAiProblem.BodyOf(BodyOf(httpContext)), OpenAiProblemJson.Readable.Body, "application/json", httpContext.RequestAborted);
                return;
            }

            await response.WriteAsJsonAsync(BodyOf(httpContext), ApiProblemJson.Readable.Body, "application/problem+json", httpContext.RequestAborted);
        }

        public Body BodyOf(HttpContext httpContext)
        {
            var (status, title) = Codes[code];
            return new Body(httpContext.Request.PublicAddress($"/developers/errors#{code}"), title, status, detail, code, httpContext.TraceIdentifier, errors);
        }
    }

    /// <summary>The body of a problem.</summary>
    /// <param name="Type">Address of the explanation on this installation.</param>
    /// <param name="Title">What kind of problem it is, in a few words.</param>
    /// <param name="Status">The status of the answer.</param>
    /// <param name="Detail">What happened and what to do.</param>
    /// <param name="Code">For programs to compare; it never changes.</param>
    /// <param name="RequestId">Equals the header <c>X-Request-Id</c>.</param>
    /// <param name="Errors">With <c>validation_failed</c>: sentences by field.</param>
    internal sealed record Body(
        string Type, string Title, int Status, string Detail, string Code, string RequestId, IReadOnlyDictionary<string, string[]>? Errors = null);
}
