using System.Globalization;
using System.Text;

namespace AImetier.Portal.Features.Connectors;

/// <summary>What a mail server answered, made fit for people: one short line that never holds the password.</summary>
internal static class ServerWords
{
    /// <summary>Most characters of an answer that are kept.</summary>
    public const int Longest = 300;

    private const string Hidden = "…";

    /// <summary>The line, for example <c>550 No such user</c>.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="answer">Its text.</param>
    /// <param name="user">Who signed in, or null.</param>
    /// <param name="password">The password, or null.</param>
    public static string Of(int code, string answer, string? user, string? password)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{code} {answer}");

        // A server may repeat what it was sent, also in the encoding of AUTH LOGIN and AUTH PLAIN.
        if (!string.IsNullOrEmpty(password))
        {
            line = line.Replace(password, Hidden, StringComparison.Ordinal)
                .Replace(Base64(password), Hidden, StringComparison.Ordinal)
                .Replace(Base64($"\0{user}\0{password}"), Hidden, StringComparison.Ordinal);
        }

        var kept = new StringBuilder();
        foreach (var rune in line.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > Longest)
                break;
            kept.Append(IsSeen(rune) ? rune.ToString() : " ");
        }

        return kept.ToString().Trim();
    }

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
