using AImetier.Portal.Features.Shared;
using Microsoft.Net.Http.Headers;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Takes the bytes of a JSON body: the type is checked first, and never more than the limit is read.</summary>
public static class JsonBody
{
    /// <summary>Most bytes of a body: 1 MiB.</summary>
    public const int Longest = 1024 * 1024;

    /// <summary>Reads the body of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The client leaves.</param>
    /// <returns>The bytes, or the problem to answer with.</returns>
    public static async Task<(ReadOnlyMemory<byte> Body, IResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken) => IsJson(request)
        ? await ReadBytesAsync(request, cancellationToken)
        : (default, ApiProblem.Of("unsupported_media_type", "Send the body as 'Content-Type: application/json' in UTF-8, without Content-Encoding."));

    /// <summary>Reads the body of a request, whatever its type.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The client leaves.</param>
    /// <returns>The bytes, or the problem to answer with.</returns>
    public static async Task<(ReadOnlyMemory<byte> Body, IResult? Problem)> ReadBytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Longest)
            return (default, TooLarge());

        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > Longest)
                return (default, TooLarge());
            bytes.Write(buffer, 0, read);
        }

        return (bytes.ToArray(), null);
    }

    /// <summary>Whether a request says that its body is JSON in UTF-8.</summary>
    /// <param name="request">The request.</param>
    public static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;

    private static IResult TooLarge() => ApiProblem.Of("payload_too_large", $"The body may have at most {Longest} bytes.");
}
