using AImetier.Portal.Features.Shared;
using Microsoft.Net.Http.Headers;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Refuses a request whose <c>Accept</c> rules JSON out, before anything is done.</summary>
/// <remarks>RFC 9110, 12.5.1: the most specific range decides, q=0 rules out; no header, or one that cannot be read, accepts everything.</remarks>
public sealed class AcceptsJson : IEndpointFilter
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Allows(context.HttpContext.Request.Headers.Accept)
            ? await next(context)
            : ApiProblem.Of("not_acceptable", "This answer is JSON. Send 'Accept: application/json', or no Accept header.");

    /// <summary>Whether an <c>Accept</c> header allows JSON.</summary>
    /// <param name="accept">The header's values.</param>
    public static bool Allows(IList<string?> accept)
    {
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges))
            return true;
        var decisive = ranges.Where(range => Json.IsSubsetOf(Plain(range))).OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0).FirstOrDefault();
        return decisive is not null && decisive.Quality is not 0;
    }

    // Parameters such as q or charset do not narrow the range: the answer has none.
    private static MediaTypeHeaderValue Plain(MediaTypeHeaderValue range) => new(range.MediaType);
}
