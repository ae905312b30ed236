using System.Globalization;
using System.Text.RegularExpressions;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>
/// Reads out of a request which e-mails it wants: from one sentence such as "E-mail a@b.test about Friday: we are closed" or
/// "Écris à a@b.test au sujet de vendredi : nous fermons", and from the commands <c>[email to=a@b.test]</c>.
/// </summary>
internal static partial class PracticeEmails
{
    private const string Address = @"\s+<?(?<to>[^\s<>@]{1,64}@[^\s<>@]{1,255})>?\s+";

    // A colon between digits is a time of day, not the end of the subject.
    private const string Content = @"(?<subject>\S[^\r\n]{0,199}?)[ \u00A0\u202F]*:(?!\d)\s*(?<body>\S[\s\S]*)";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>The e-mails, in order; none for every other request.</summary>
    /// <param name="request">What was asked, with its commands.</param>
    /// <param name="name">The teammate's name, for an e-mail about nothing.</param>
    public static IReadOnlyList<PracticeEmail> Of(string request, string name)
    {
        var asked = PracticeCommand.Strip(request);
        var emails = new List<PracticeEmail>();
        if (Sentence(asked) is { } sentence)
            emails.Add(new PracticeEmail(sentence.Groups["to"].Value, sentence.Groups["subject"].Value, sentence.Groups["body"].Value.TrimEnd()));
        var language = LanguageOf(request);
        foreach (var to in PracticeCommand.Of(request).EmailsTo)
        {
            emails.Add(asked.Length > 0
                ? new PracticeEmail(to, PracticeQuote.Of(asked), asked)
                : new PracticeEmail(to, PracticeTexts.Say(language, "Mail.Subject"), PracticeTexts.Say(language, "Mail.Body", name)));
        }

        return emails;
    }

    /// <summary>The language of a request that wants e-mails: that of its sentence, whatever language the e-mail itself is in.</summary>
    /// <param name="request">What was asked, with its commands.</param>
    public static CultureInfo LanguageOf(string request)
    {
        var asked = PracticeCommand.Strip(request);
        return Sentence(asked) is { } sentence ? PracticeLanguage.Of(sentence.Groups["french"].Success) : PracticeLanguage.Of(asked);
    }

    private static Match? Sentence(string asked) =>
        French().Match(asked) is { Success: true } french ? french
        : English().Match(asked) is { Success: true } english ? english
        : null;

    [GeneratedRegex(@"\b(e-?mail( to)?|write( to)?)" + Address + "(about|regarding) +" + Content, Options)]
    private static partial Regex English();

    [GeneratedRegex(
        @"(?<french>\b([ée]cri(s|vez|re)( un (e-?mail|mail|courriel|message))?|envo(ie|yez|yer) un (e-?mail|mail|courriel|message)) [àa])" + Address +
        "((au sujet|[àa] propos) (de +|du +|des +|d['’])|sur +|concernant +)" + Content,
        Options)]
    private static partial Regex French();
}
