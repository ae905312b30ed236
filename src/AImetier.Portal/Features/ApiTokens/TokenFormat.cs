using System.Buffers;
using System.IO.Hashing;
using System.Text;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// The written form of a key: <c>hclip_</c>, 16 characters of id, an underscore, 43 characters of secret, 6 of checksum.
/// Reading it allocates nothing.
/// </summary>
/// <remarks>
/// The checksum is CRC-32/ISO-HDLC of everything before it, in base 62 (0-9A-Za-z), left-padded with 0: it lets a scanner or a client
/// tell a mistyped key from a wrong one, and proves nothing.
/// </remarks>
public static class TokenFormat
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "hclip_";

    /// <summary>Characters of a whole key.</summary>
    public const int Length = 72;

    /// <summary>Characters of the public id.</summary>
    public const int IdLength = 16;

    /// <summary>Characters of the secret: 256 bits.</summary>
    public const int SecretLength = 43;

    /// <summary>The characters of id, secret and checksum, in the order of base 62.</summary>
    public const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private const int IdStart = 6;
    private const int SecretStart = IdStart + IdLength + 1;
    private const int ChecksumStart = SecretStart + SecretLength;
    private static readonly SearchValues<char> Allowed = SearchValues.Create(Alphabet);

    /// <summary>Whether a text is a well-formed key: length, prefix, characters and checksum.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[SecretStart - 1] != '_')
            return false;
        if (IdOf(text).ContainsAnyExcept(Allowed) || text[SecretStart..].ContainsAnyExcept(Allowed))
            return false;

        Span<char> checksum = stackalloc char[Length - ChecksumStart];
        WriteChecksum(text[..ChecksumStart], checksum);
        return text[ChecksumStart..].SequenceEqual(checksum);
    }

    /// <summary>The public id inside a well-formed key.</summary>
    /// <param name="text">A text of <see cref="Length"/> characters.</param>
    public static ReadOnlySpan<char> IdOf(ReadOnlySpan<char> text) => text.Slice(IdStart, IdLength);

    /// <summary>The secret inside a well-formed key.</summary>
    /// <param name="text">A text of <see cref="Length"/> characters.</param>
    public static ReadOnlySpan<char> SecretOf(ReadOnlySpan<char> text) => text.Slice(SecretStart, SecretLength);

    /// <summary>What lists show of a key: nothing of its secret.</summary>
    /// <param name="id">The public id.</param>
    public static string Mask(string id) => $"{Prefix}{id.AsSpan(0, 4)}••••••••";

    /// <summary>Puts a key together.</summary>
    /// <param name="id">16 characters of the alphabet.</param>
    /// <param name="secret">43 characters of the alphabet.</param>
    internal static string Write(string id, string secret)
    {
        var body = $"{Prefix}{id}_{secret}";
        Span<char> checksum = stackalloc char[Length - ChecksumStart];
        WriteChecksum(body, checksum);
        return $"{body}{checksum}";
    }

    private static void WriteChecksum(ReadOnlySpan<char> body, Span<char> checksum)
    {
        Span<byte> bytes = stackalloc byte[ChecksumStart];
        Encoding.ASCII.GetBytes(body, bytes);
        var crc = Crc32.HashToUInt32(bytes);
        for (var i = checksum.Length - 1; i >= 0; i--)
        {
            checksum[i] = Alphabet[(int)(crc % 62)];
            crc /= 62;
        }
    }
}
