using System.Globalization;
using System.Resources;
using System.Text;
using System.Text.RegularExpressions;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>Writes a practice answer: the same text for the same request, without a network.</summary>
internal static partial class PracticeAnswer
{
    /// <summary>Least characters of an answer to <c>[long]</c>.</summary>
    public const int LongLength = 20_000;

    private const int LongestQuote = 160;
    private static readonly ResourceManager Texts = new(typeof(PracticeAnswer).Namespace + ".PracticeText", typeof(PracticeAnswer).Assembly);

    /// <summary>Writes the answer.</summary>
    /// <param name="name">The teammate's name.</param>
    /// <param name="role">The teammate's role.</param>
    /// <param name="request">What was asked, with its commands.</param>
    /// <param name="before">What was asked before in the same conversation, or null.</param>
    public static string Write(string name, string role, string request, string? before)
    {
        var language = PracticeLanguage.Of(request);
        var asked = PracticeCommand.Strip(request);
        var kind = PracticeTask.Of(asked);
        string Say(string key, params object[] values) => string.Format(language, Texts.GetString(key, language)!, values);

        var answer = new StringBuilder();
        answer.Append(Say("Label")).Append("\n\n").Append(Say("Greeting", name, role)).Append(' ').Append(Say("Restate." + kind, Quote(asked)));
        if (before is not null)
            answer.Append(' ').Append(Say("CarryOn", Quote(PracticeCommand.Strip(before))));
        answer.Append("\n\n").Append(Say("Plan")).Append('\n');
        AppendSteps(answer, Say("Steps." + kind));
        answer.Append('\n').Append(Say("Role." + PracticeTask.OfRole(role))).Append("\n\n");
        if (PracticeCommand.Of(request).IsLong)
            AppendDetails(answer, part => Say("More", part), Say("Steps." + kind));
        return answer.Append(Say("Question." + kind)).ToString();
    }

    private static void AppendSteps(StringBuilder answer, string steps)
    {
        var number = 1;
        foreach (var step in steps.Split('\n'))
            answer.Append(CultureInfo.InvariantCulture, $"{number++}. {step}\n");
    }

    private static void AppendDetails(StringBuilder answer, Func<int, string> heading, string steps)
    {
        for (var part = 1; answer.Length < LongLength; part++)
        {
            answer.Append(heading(part)).Append('\n');
            AppendSteps(answer, steps);
            answer.Append('\n');
        }
    }

    // The first sentence, on one line and cut short at a whole word.
    private static string Quote(string request)
    {
        var line = Spaces().Replace(request.Length > 1000 ? request[..1000] : request, " ").Trim();
        var end = line.AsSpan().IndexOfAny(". ", "! ", "? ");
        if (end > 0)
            line = line[..end];
        line = line.TrimEnd('.', ' ');
        if (line.Length <= LongestQuote)
            return line;
        var cut = line.LastIndexOf(' ', LongestQuote);
        var length = cut > 0 ? cut : LongestQuote;
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
