using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace AImetier.Portal.Features.Connectors;

/// <summary>An e-mail that would leave the workspace: plain text to one recipient.</summary>
/// <param name="To">The recipient's address, for example <c>client@example.com</c>.</param>
/// <param name="Subject">One line, 1 to 200 characters.</param>
/// <param name="Body">Plain text, 1 to 50,000 characters.</param>
public sealed record EmailContent(string To, string Subject, string Body)
{
    /// <summary>Most characters of <see cref="To"/>. RFC 5321, 4.5.3.1.3.</summary>
    public const int LongestTo = 254;

    /// <summary>Most characters of <see cref="Subject"/>.</summary>
    public const int LongestSubject = 200;

    /// <summary>Most characters of <see cref="Body"/>.</summary>
    public const int LongestBody = 50_000;

    /// <summary>The stored form: a JSON object with the properties in this order.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>Reads the stored form.</summary>
    /// <param name="json">What <see cref="ToJson"/> made.</param>
    public static EmailContent FromJson(string json) => JsonSerializer.Deserialize<EmailContent>(json, JsonSerializerOptions.Web)!;

    /// <summary>SHA-256 of a stored form, 64 lower-case hexadecimal characters: what is approved, and what alone may be sent.</summary>
    /// <param name="json">What <see cref="ToJson"/> made.</param>
    public static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json)));

    /// <summary>Which fields do not fit, each with its problem; empty when the e-mail can be sent.</summary>
    public IReadOnlyDictionary<string, EmailProblem> Problems()
    {
        var problems = new Dictionary<string, EmailProblem>(StringComparer.Ordinal);
        if (!EmailAddress.IsGood(To))
            problems["to"] = EmailProblem.NoAddress;
        if (Check(Subject, LongestSubject, oneLine: true) is { } subject)
            problems["subject"] = subject;
        if (Check(Body, LongestBody, oneLine: false) is { } body)
            problems["body"] = body;
        return problems;
    }

    private static EmailProblem? Check(string? text, int longest, bool oneLine)
    {
        if (string.IsNullOrWhiteSpace(text))
            return EmailProblem.Empty;
        if (text.Length > longest)
            return EmailProblem.TooLong;
        foreach (var character in text)
        {
            var lineEnd = character is '\r' or '\n' or '\t';
            if (char.IsControl(character) && !(lineEnd && !oneLine))
                return EmailProblem.ControlCharacter;
            if (oneLine && CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return EmailProblem.ControlCharacter;
        }

        return IsWhole(text) ? null : EmailProblem.ControlCharacter;
    }

    // Half of a surrogate pair cannot be encoded.
    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
