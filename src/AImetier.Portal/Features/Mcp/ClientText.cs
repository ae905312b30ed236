using System.Globalization;
using System.Text;
using AImetier.Portal.Features.ApiTokens;

namespace AImetier.Portal.Features.Mcp;

/// <summary>Makes what a client says of itself fit to be stored and shown: one line, bounded, without what cannot be seen, and never a key.</summary>
internal static class ClientText
{
    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 64;

    /// <summary>Most characters of a version.</summary>
    public const int LongestVersion = 32;

    /// <summary>Most characters of a <c>User-Agent</c>.</summary>
    public const int LongestUserAgent = 128;

    /// <summary>Name of a client that says nothing of itself.</summary>
    public const string Unknown = "unknown";

    /// <summary>Cleans a text.</summary>
    /// <param name="text">From outside.</param>
    /// <param name="longest">Most characters, UTF-16 code units.</param>
    /// <returns>The text, or null when nothing of it is left.</returns>
    public static string? Clean(string? text, int longest)
    {
        if (text is null || text.Contains(TokenFormat.Prefix, StringComparison.OrdinalIgnoreCase))
            return null;
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = Rune.IsWhiteSpace(rune) ? new Rune(' ') : rune;
            if (clean.Length + shown.Utf16SequenceLength > longest)
                break;
            if (IsVisible(shown) && !(shown.Value == ' ' && (clean.Length == 0 || clean[^1] == ' ')))
                clean.Append(shown);
        }

        return clean.ToString().TrimEnd() is { Length: > 0 } left ? left : null;
    }

    /// <summary>Name and version that a <c>User-Agent</c> begins with.</summary>
    /// <param name="userAgent">Cleaned.</param>
    /// <remarks>RFC 9110, section 10.1.5: <c>product/version</c>.</remarks>
    public static (string Name, string? Version) Product(string userAgent)
    {
        var product = userAgent.Split(' ', 2)[0].Split('/', 2);
        return product[0].Length == 0 ? (Unknown, null) : (Clean(product[0], LongestName) ?? Unknown, product.Length == 2 ? Clean(product[1], LongestVersion) : null);
    }

    private static bool IsVisible(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
