using System.Text.RegularExpressions;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Developer;

/// <summary>Finds the headers of a webhook in pasted text: as HTTP writes them, as curl takes them, as JSON, as a language prints its dictionary.</summary>
/// <param name="Id">Value of <c>webhook-id</c>, or null.</param>
/// <param name="Timestamp">Value of <c>webhook-timestamp</c>, or null.</param>
/// <param name="Signature">Value of <c>webhook-signature</c>, or null.</param>
public sealed partial record PastedHeaders(string? Id, string? Timestamp, string? Signature)
{
    private const int LongestText = 20_000;

    /// <summary>Reads them.</summary>
    /// <param name="text">Any text; of a very long one the beginning.</param>
    public static PastedHeaders Read(string? text)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Header().Matches(text is { Length: > LongestText } ? text[..LongestText] : text ?? ""))
            found.TryAdd("webhook-" + match.Groups["name"].Value, match.Groups["value"].Value.Trim().TrimEnd(',', '\\', ' ', '\''));
        return new PastedHeaders(
            found.GetValueOrDefault(WebhookSignature.IdHeader),
            found.GetValueOrDefault(WebhookSignature.TimestampHeader),
            found.GetValueOrDefault(WebhookSignature.SignatureHeader));
    }

    [GeneratedRegex("""webhook[-_](?<name>id|timestamp|signature)["']?\s*[:=]\s*["']?(?<value>[^"'\r\n]+)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}
