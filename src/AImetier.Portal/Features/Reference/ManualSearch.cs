namespace AImetier.Portal.Features.Reference;

/// <summary>Looks for words in the manual. Every word must be there, in the title, the heading or the text of a part; what is in a heading comes first.</summary>
public static class ManualSearch
{
    /// <summary>Most characters of a search; what follows is not looked at.</summary>
    public const int Longest = 100;

    /// <summary>Most things found.</summary>
    public const int Most = 20;

    private const int InHeading = 8;
    private const int InTitle = 4;
    private const int TheVeryHeading = 100;
    private const int MostWords = 8;
    private const int Around = 80;

    /// <summary>What is looked at of a search.</summary>
    /// <param name="typed">Any text, or null.</param>
    public static string Cut(string? typed) => typed is null ? "" : typed[..Math.Min(typed.Length, Longest)];

    /// <summary>What fits, the best first.</summary>
    /// <param name="manual">The manual.</param>
    /// <param name="typed">Of <see cref="Cut"/>.</param>
    public static IReadOnlyList<ManualHit> Find(Manual manual, string typed)
    {
        var words = WordsOf(typed);
        if (words.Count == 0)
            return [];
        return
        [
            .. manual.Topics.SelectMany(topic => topic.Sections.Select(section => (Topic: topic, Section: section, Score: Score(topic, section, words))))
                .Where(found => found.Score > 0)
                .OrderByDescending(found => found.Score)
                .Take(Most)
                .Select(found => new ManualHit(found.Topic, found.Section, Excerpt(found.Section.Text, words))),
        ];
    }

    private static List<string> WordsOf(string typed) =>
        [.. typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostWords)];

    private static int Score(ManualTopic topic, ManualSection section, List<string> words)
    {
        // What comes before the first heading stands under the title.
        var heading = section.Title.Length > 0 ? section.Title : topic.Title;
        var score = 0;
        foreach (var word in words)
        {
            var weight = (Has(heading, word) ? InHeading : 0) + (Has(topic.Title, word) ? InTitle : 0) + (Has(section.Text, word) ? 1 : 0);
            if (weight == 0)
                return 0;
            score += weight;
        }

        // The very heading, as when the code of an error is looked for.
        return heading.Equals(string.Join(' ', words), StringComparison.OrdinalIgnoreCase) ? score + TheVeryHeading : score;
    }

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static List<(string Text, bool Marked)> Excerpt(string text, List<string> words)
    {
        var first = words.Select(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase)).Where(at => at >= 0).DefaultIfEmpty(0).Min();
        var begin = first <= Around ? 0 : text.LastIndexOf(' ', first - Around / 2) + 1;
        var end = Math.Min(text.Length, first + 2 * Around);
        if (end < text.Length && text.LastIndexOf(' ', end) is var space && space > first)
            end = space;

        var pieces = new List<(string, bool)> { (begin > 0 ? "… " : "", false) };
        for (var at = begin; at < end;)
        {
            var next = words.Select(word => (Word: word, At: text.IndexOf(word, at, end - at, StringComparison.OrdinalIgnoreCase))).Where(found => found.At >= 0)
                .OrderBy(found => found.At).ThenByDescending(found => found.Word.Length).FirstOrDefault();
            pieces.Add((text[at..(next.Word is null ? end : next.At)], false));
            if (next.Word is null)
                break;
            pieces.Add((text.Substring(next.At, next.Word.Length), true));
            at = next.At + next.Word.Length;
        }

        pieces.Add((end < text.Length ? " …" : "", false));
        return [.. pieces.Where(piece => piece.Item1.Length > 0)];
    }
}
