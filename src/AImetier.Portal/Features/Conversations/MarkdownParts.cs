using System.Text;

namespace AImetier.Portal.Features.Conversations;

/// <summary>
/// Cuts a long text where a reader would, so that each part is read by itself: the time a parser takes grows with the square of the length of
/// some texts. Where a part ends depends on what stands before it alone, so that a growing text keeps its parts.
/// </summary>
internal static class MarkdownParts
{
    /// <summary>Most characters of a part.</summary>
    public const int Longest = 4_000;

    private const int LongestFence = 100;
    private const string PlainFence = "```";

    /// <summary>The parts: at an empty line from the half on, else at a line, else anywhere. A block of code that is cut goes on as code.</summary>
    /// <param name="markdown">The text.</param>
    public static IEnumerable<string> Of(string markdown)
    {
        var part = new StringBuilder();
        string? fence = null;
        foreach (var line in LinesOf(markdown))
        {
            var full = part.Length + line.Length > Longest;
            if (part.Length > 0 && (full || (fence is null && part.Length > Longest / 2 && line.AsSpan().Trim().IsEmpty)))
            {
                yield return part.ToString();
                part.Clear().Append(fence);
            }

            part.Append(line);
            if (line.AsSpan().TrimStart() is var start && (start.StartsWith(PlainFence) || start.StartsWith("~~~")))
                fence = fence is not null ? null : line.Length <= LongestFence ? line : PlainFence + "\n";
        }

        if (part.Length > 0)
            yield return part.ToString();
    }

    // Each with its end; a line that is a part by itself is cut.
    private static IEnumerable<string> LinesOf(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var most = Math.Min(Longest - LongestFence, text.Length - at);
            var end = text.IndexOf('\n', at, most);
            var next = end < 0 ? at + most : end + 1;
            if (next < text.Length && char.IsLowSurrogate(text[next]))
                next--;
            yield return text[at..next];
            at = next;
        }
    }
}
