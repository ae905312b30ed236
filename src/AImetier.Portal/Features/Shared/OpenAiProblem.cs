namespace AImetier.Portal.Features.Shared;

/// <summary>
/// Problems in the shape that OpenAI's clients read, for the paths of the OpenAI-compatible door alone. <see cref="ApiProblem"/> asks here
/// whenever it writes, so whatever refuses there (the key's door, routing, limits, the endpoint) speaks that way.
/// </summary>
internal static class OpenAiProblem
{
    private static readonly PathString Door = "/api/openai";

    // The clients try again by themselves on 409, 429 and 5xx. These do not pass within seconds.
    private static readonly string[] Lasting = ["teammate_paused", "daily_limit", "model_timeout"];

    /// <summary>Whether a request is answered in that shape.</summary>
    /// <param name="request">The request.</param>
    public static bool Speaks(HttpRequest request) => request.Path.StartsWithSegments(Door, StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells OpenAI's clients not to try again where that would be in vain.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="code">The problem's code.</param>
    public static void DiscourageRetry(HttpResponse response, string code)
    {
        if (Lasting.Contains(code, StringComparer.Ordinal))
            response.Headers["x-should-retry"] = "false";
    }

    /// <summary>The body of a problem.</summary>
    /// <param name="problem">The problem.</param>
    public static Body BodyOf(ApiProblem.Body problem) => new(new Error(
        problem.Errors is null ? problem.Detail : string.Join(' ', problem.Errors.Select(field => $"'{field.Key}': {string.Join(' ', field.Value)}")),
        problem.Status switch
        {
            401 => "authentication_error",
            429 => "rate_limit_error",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        },
        problem.Code,
        problem.Errors?.Keys.FirstOrDefault()));

    internal sealed record Body(Error Error);

    internal sealed record Error(string Message, string Type, string Code, string? Param);
}
