using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AImetier.Portal.Security;

/// <summary>
/// What signs webhooks. Its text is read where it is encrypted for the database and where it is shown for the first time; its key where it signs. It prints itself masked.
/// </summary>
/// <remarks>Standard Webhooks 1.0, "Signature scheme": <c>whsec_</c> and base64; the key is what the base64 stands for, 24 to 64 bytes.</remarks>
[DebuggerDisplay("{Mask}")]
public sealed class WebhookSecret
{
    /// <summary>What every secret of Standard Webhooks begins with.</summary>
    public const string Prefix = "whsec_";

    /// <summary>What may be shown of any secret: that there is one.</summary>
    public const string Mask = Prefix + "••••••••";

    /// <summary>Characters of the longest secret that is read.</summary>
    public const int LongestText = 256;

    private const int NewKeyBytes = 32;
    private const int FewestKeyBytes = 24;
    private const int MostKeyBytes = 64;
    private readonly string _text;
    private readonly byte[] _key;

    private WebhookSecret(string text, byte[] key) => (_text, _key) = (text, key);

    /// <summary>The bytes that sign.</summary>
    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>A new secret of 32 bytes from the operating system's random numbers.</summary>
    public static WebhookSecret Generate()
    {
        var key = RandomNumberGenerator.GetBytes(NewKeyBytes);
        return new WebhookSecret(Prefix + Convert.ToBase64String(key), key);
    }

    /// <summary>Reads a secret of Standard Webhooks.</summary>
    /// <param name="text">As in <see cref="Reveal"/>; also without the prefix, as some senders show it. Space around it is left out.</param>
    /// <param name="secret">The secret.</param>
    /// <returns>False for anything but base64 of 24 to 64 bytes.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = null;
        var trimmed = (text ?? "").Trim();
        if (trimmed.Length > LongestText)
            return false;
        var base64 = trimmed.StartsWith(Prefix, StringComparison.Ordinal) ? trimmed[Prefix.Length..] : trimmed;
        if (!Base64.IsValid(base64) || base64.Any(char.IsWhiteSpace))
            return false;
        var key = Convert.FromBase64String(base64);
        if (key.Length is < FewestKeyBytes or > MostKeyBytes)
            return false;
        secret = new WebhookSecret(Prefix + base64, key);
        return true;
    }

    /// <summary>A secret that is any text, as GitHub has it: its UTF-8 bytes are the key.</summary>
    /// <param name="text">1 to 256 characters, taken as they are.</param>
    /// <exception cref="ArgumentException">The text is empty or longer.</exception>
    public static WebhookSecret OfText(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        if (text.Length > LongestText)
            throw new ArgumentException($"A secret has at most {LongestText} characters.", nameof(text));
        return new WebhookSecret(text, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The whole secret, for its first and only display and for encryption.</summary>
    public string Reveal() => _text;

    /// <summary>Whether both sign alike, compared in constant time.</summary>
    /// <param name="other">Another secret.</param>
    public bool SignsLike(WebhookSecret other) => CryptographicOperations.FixedTimeEquals(_key, other._key);

    /// <summary>The mask, so that no log or message can hold more.</summary>
    public override string ToString() => Mask;
}
