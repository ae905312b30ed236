using System.Security.Cryptography;
using AImetier.Portal.Features.Shared;
using Microsoft.Extensions.Primitives;

namespace AImetier.Portal.Features.Idempotency;

/// <summary>What makes a request safe to repeat: the key that its sender chose, and a digest of what it sent.</summary>
/// <param name="Keys">At least one, each of 1 to 255 visible ASCII characters. A request that shares one of them is the same.</param>
/// <param name="Digest">SHA-256 of the body, 64 hexadecimal characters.</param>
/// <remarks>draft-ietf-httpapi-idempotency-key-header.</remarks>
public sealed record RepeatableRequest(IReadOnlyList<string> Keys, string Digest)
{
    /// <summary>Name of the request header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Name of the response header of an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    /// <summary>Reads the header of a request.</summary>
    /// <param name="values">All values of the header.</param>
    /// <param name="body">Bytes of the body.</param>
    /// <returns>What was sent, or null without the header; or the problem to answer with.</returns>
    public static (RepeatableRequest? Request, IResult? Problem) Read(StringValues values, ReadOnlySpan<byte> body)
    {
        if (values.Count == 0)
            return (null, null);
        var key = values.ToString();
        if (values.Count > 1 || key.Length is 0 or > IdempotentRequest.LongestKey || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return (null, ApiProblem.Of("validation_failed", "The Idempotency-Key does not fit; 'errors' says why.", errors: new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                [Header] = [$"Send one key of 1 to {IdempotentRequest.LongestKey} visible ASCII characters, without spaces."],
            }));
        }

        return (new RepeatableRequest([key], DigestOf(body)), null);
    }

    /// <summary>Digest of a body.</summary>
    /// <param name="body">Its bytes.</param>
    public static string DigestOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
