using System.Text.RegularExpressions;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>Quotes a request in one short line.</summary>
internal static partial class PracticeQuote
{
    private const int Longest = 160;

    /// <summary>The first sentence, on one line and cut short at a whole word.</summary>
    /// <param name="request">What was asked, without commands.</param>
    public static string Of(string request)
    {
        var line = Spaces().Replace(request.Length > 1000 ? request[..1000] : request, " ").Trim();
        var end = line.AsSpan().IndexOfAny(". ", "! ", "? ");
        if (end > 0)
            line = line[..end];
        line = line.TrimEnd('.', ' ');
        if (line.Length <= Longest)
            return line;
        var cut = line.LastIndexOf(' ', Longest);
        var length = cut > 0 ? cut : Longest;
        return (char.IsHighSurrogate(line[length - 1]) ? line[..(length - 1)] : line[..length]) + "…";
    }

    private static int IndexOfAny(this ReadOnlySpan<char> text, params ReadOnlySpan<string> ends)
    {
        var first = -1;
        foreach (var end in ends)
        {
            var at = text.IndexOf(end, StringComparison.Ordinal);
            if (at >= 0 && (first < 0 || at < first))
                first = at;
        }

        return first;
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
