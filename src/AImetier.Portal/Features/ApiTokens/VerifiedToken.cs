using System.Security.Cryptography;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>A key whose secret has been proved against the hash of its row. For any number of threads: what changes is one reference to a row that does not.</summary>
/// <param name="row">The row, with its hash.</param>
/// <param name="proof">Of the secret, from <see cref="VerifiedTokenCache.Mac"/>, 32 bytes.</param>
public sealed class VerifiedToken(TokenRow row, byte[] proof)
{
    /// <summary>The row as it was last read, with the hash that was proved. It may be out of date: only for telling what has changed.</summary>
    public TokenRow Row { get; private set; } = row;

    /// <summary>Whether a key's text is the proved one. Where the hash is, the row becomes <see cref="Row"/>.</summary>
    /// <param name="row">The key's row as it is now.</param>
    /// <param name="mac">From <see cref="VerifiedTokenCache.Mac"/>.</param>
    /// <returns>True or false by the proof; null when nothing has been proved for the hash of this row.</returns>
    public bool? Matches(TokenRow row, ReadOnlySpan<byte> mac)
    {
        if (!string.Equals(row.Hash, Row.Hash, StringComparison.Ordinal))
            return null;
        if (!ReferenceEquals(row, Row))
            Row = row;
        return CryptographicOperations.FixedTimeEquals(proof, mac);
    }
}
