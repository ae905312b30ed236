using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AImetier.Portal.Security;

/// <summary>A stored Argon2id hash, <c>$argon2id$v=19$m=7168,t=5,p=1$salt$tag</c>, with every number bounded before it is used.</summary>
/// <param name="MemoryKib">Memory in KiB, 7168 to 1048576.</param>
/// <param name="Passes">Passes, 1 to 16.</param>
/// <param name="Parallelism">Lanes, 1 to 16.</param>
/// <param name="Salt">16 to 64 bytes.</param>
/// <param name="Tag">32 to 64 bytes.</param>
/// <remarks>The PHC string format; RFC 9106, section 3.1.</remarks>
public sealed partial record Argon2Hash(int MemoryKib, int Passes, int Parallelism, byte[] Salt, byte[] Tag)
{
    /// <summary>Reads a PHC string.</summary>
    /// <param name="text">The stored text.</param>
    /// <param name="hash">The parts, when the answer is true.</param>
    /// <returns>False when the text is not Argon2id version 19 or a number is out of bounds.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Argon2Hash? hash)
    {
        hash = null;
        if (text is null || text.Length > 256 || Phc().Match(text) is not { Success: true } match)
            return false;

        var salt = Decode(match.Groups["salt"].Value);
        var tag = Decode(match.Groups["tag"].Value);
        var memory = Number(match, "m");
        var passes = Number(match, "t");
        var lanes = Number(match, "p");
        if (salt is not { Length: >= 16 and <= 64 } || tag is not { Length: >= 32 and <= 64 })
            return false;
        if (memory is < 7168 or > 1_048_576 || passes is < 1 or > 16 || lanes is < 1 or > 16)
            return false;

        hash = new Argon2Hash(memory, passes, lanes, salt, tag);
        return true;
    }

    /// <summary>The PHC string.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"$argon2id$v=19$m={MemoryKib},t={Passes},p={Parallelism}${Encode(Salt)}${Encode(Tag)}");

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Decode(string text)
    {
        var buffer = new byte[96];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, buffer, out var length) ? buffer[..length] : null;
    }

    [GeneratedRegex(@"\A\$argon2id\$v=19\$m=(?<m>[0-9]{1,7}),t=(?<t>[0-9]{1,2}),p=(?<p>[0-9]{1,2})\$(?<salt>[0-9A-Za-z+/]{1,100})\$(?<tag>[0-9A-Za-z+/]{1,100})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Phc();
}
