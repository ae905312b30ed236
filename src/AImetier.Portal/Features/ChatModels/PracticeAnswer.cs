using System.Globalization;
using System.Text;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>Writes a practice answer: the same text for the same request, without a network.</summary>
internal static class PracticeAnswer
{
    /// <summary>Least characters of an answer to <c>[long]</c>.</summary>
    public const int LongLength = 20_000;

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
        string Say(string key, params object[] values) => PracticeTexts.Say(language, key, values);

        var answer = new StringBuilder();
        answer.Append(Say("Label")).Append("\n\n").Append(Say("Greeting", name, role)).Append(' ').Append(Say("Restate." + kind, PracticeQuote.Of(asked)));
        if (before is not null)
            answer.Append(' ').Append(Say("CarryOn", PracticeQuote.Of(PracticeCommand.Strip(before))));
        answer.Append("\n\n").Append(Say("Plan")).Append('\n');
        AppendSteps(answer, Say("Steps." + kind));
        answer.Append('\n').Append(Say("Role." + PracticeTask.OfRole(role))).Append("\n\n");
        if (PracticeCommand.Of(request).IsLong)
            AppendDetails(answer, part => Say("More", part), Say("Steps." + kind));
        return answer.Append(Say("Question." + kind)).ToString();
    }

    /// <summary>Writes what became of the e-mails of a request.</summary>
    /// <param name="name">The teammate's name.</param>
    /// <param name="role">The teammate's role.</param>
    /// <param name="request">What was asked, with its commands.</param>
    /// <param name="results">What the tool answered, in order.</param>
    public static string Report(string name, string role, string request, IEnumerable<PracticeEmailResult> results)
    {
        var language = PracticeEmails.LanguageOf(request);
        string Say(string key, params object[] values) => PracticeTexts.Say(language, key, values);

        var answer = new StringBuilder();
        answer.Append(Say("Label")).Append("\n\n").Append(Say("Greeting", name, role)).Append("\n\n");
        foreach (var result in results)
            answer.Append(Say("Mail." + result.Status, result.To, PracticeQuote.Of(result.Subject), ReasonOf(result, language))).Append("\n\n");
        if (PracticeCommand.Of(request).IsLong)
            AppendDetails(answer, part => Say("More", part), Say("Steps." + PracticeTask.Of(PracticeCommand.Strip(request))));
        return answer.ToString().TrimEnd('\n');
    }

    // In the language of the answer where its words are known, else as the tool said it.
    private static string ReasonOf(PracticeEmailResult result, CultureInfo language)
    {
        var sentences = result.Why.Select(word => PracticeTexts.Find(language, "Refused." + word)).ToList();
        return sentences.Count == 0 || sentences.Contains(null) ? result.Reason : string.Join(' ', sentences);
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
}
