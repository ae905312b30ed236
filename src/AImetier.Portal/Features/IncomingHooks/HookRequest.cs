using System.Security.Cryptography;
using System.Text;
using AImetier.Portal.Features.Idempotency;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>What was sent to a hook.</summary>
/// <param name="TeammateId">The teammate in the path.</param>
/// <param name="HookId">The hook in the path.</param>
/// <param name="Proof">With what the sender wants to prove itself.</param>
/// <param name="ContentType">What the sender says that the body is, or null.</param>
/// <param name="Body">The raw body.</param>
/// <param name="Deliveries">Names and values of the headers that say which message it is, the same when it is repeated.</param>
public sealed record HookRequest(
    string TeammateId, string HookId, PresentedProof Proof, string? ContentType, ReadOnlyMemory<byte> Body, IReadOnlyList<(string Header, string Value)> Deliveries)
{
    /// <summary>What makes the message safe to repeat, or null.</summary>
    /// <remarks>
    /// GitHub signs the body alone. Its delivery's id can be changed by whoever has seen a message, so there the signature says as well which message it is.
    /// </remarks>
    public RepeatableRequest? Repeatable()
    {
        var names = Proof is PresentedProof.GitHub(var signature) ? Deliveries.Append((Header: "signature", Value: signature)) : Deliveries;
        var keys = names.Select(name => KeyOf(name.Header, name.Value)).ToList();
        return keys.Count == 0 ? null : new RepeatableRequest(keys, RepeatableRequest.DigestOf(Body.Span));
    }

    // Ids of others may be of any length and hold any character.
    private static string KeyOf(string name, string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name} {value}")));
}
