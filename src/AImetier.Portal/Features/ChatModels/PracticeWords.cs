using System.Text.RegularExpressions;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>Splits a request into words.</summary>
internal static partial class PracticeWords
{
    private const int Most = 2000;

    /// <summary>The first words of a request; an elided article ("l'offre") counts as a word of its own.</summary>
    /// <param name="request">What was asked.</param>
    public static IEnumerable<string> Of(string request) => Word().EnumerateAll(request).Take(Most);

    private static IEnumerable<string> EnumerateAll(this Regex word, string text)
    {
        for (var match = word.Match(text); match.Success; match = match.NextMatch())
            yield return match.Value;
    }

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
