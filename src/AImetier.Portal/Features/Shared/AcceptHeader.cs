using Microsoft.Net.Http.Headers;

namespace AImetier.Portal.Features.Shared;

/// <summary>Reads what a client accepts.</summary>
/// <remarks>RFC 9110, 12.5.1: the most specific range decides, q=0 rules out; no header, or one that cannot be read, accepts everything.</remarks>
public static class AcceptHeader
{
    /// <summary>JSON.</summary>
    public const string Json = "application/json";

    /// <summary>How much a client wants a media type.</summary>
    /// <param name="mediaType">Without parameters.</param>
    /// <param name="accept">The header's values.</param>
    /// <returns>0, not at all, to 1.</returns>
    public static double QualityOf(string mediaType, IList<string?> accept)
    {
        if (accept.Count == 0 || !MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges))
            return 1;
        var wanted = new MediaTypeHeaderValue(mediaType);
        var decisive = ranges.Where(range => wanted.IsSubsetOf(Plain(range))).OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0).FirstOrDefault();
        return decisive is null ? 0 : decisive.Quality ?? 1;
    }

    // Parameters such as q or charset do not narrow the range: the answer has none.
    private static MediaTypeHeaderValue Plain(MediaTypeHeaderValue range) => new(range.MediaType);
}
