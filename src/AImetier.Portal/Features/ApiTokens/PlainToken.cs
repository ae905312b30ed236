using System.Diagnostics;
using System.Security.Cryptography;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>The full text of a key. It lives between generation and the first response, and while one request is checked; it prints itself masked.</summary>
[DebuggerDisplay("{Mask}")]
public sealed class PlainToken
{
    private readonly string _text;

    private PlainToken(string text) => _text = text;

    /// <summary>The public id, 16 characters.</summary>
    public string Id => TokenFormat.IdOf(_text).ToString();

    /// <summary>What may be shown again later.</summary>
    public string Mask => TokenFormat.Mask(Id);

    /// <summary>A new key from the operating system's random numbers.</summary>
    public static PlainToken Generate() => new(TokenFormat.Write(
        RandomNumberGenerator.GetString(TokenFormat.Alphabet, TokenFormat.IdLength),
        RandomNumberGenerator.GetString(TokenFormat.Alphabet, TokenFormat.SecretLength)));

    /// <summary>The whole key, for its first and only display.</summary>
    public string Reveal() => _text;

    /// <summary>The mask, so that no log or message can hold more.</summary>
    public override string ToString() => Mask;

    /// <summary>The secret part, for hashing.</summary>
    internal string SecretForHashing() => TokenFormat.SecretOf(_text).ToString();
}
