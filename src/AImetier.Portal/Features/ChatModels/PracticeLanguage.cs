using System.Globalization;

namespace AImetier.Portal.Features.ChatModels;

/// <summary>Tells French from English by the small words that only one of them has.</summary>
internal static class PracticeLanguage
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr");

    private static readonly HashSet<string> FrenchWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "le", "la", "les", "un", "une", "des", "du", "de", "et", "est", "pour", "nous", "vous", "nos", "vos", "mon", "ma", "mes", "notre", "votre", "je",
        "avec", "sur", "dans", "qui", "que", "au", "aux", "ce", "cette", "bonjour", "merci", "moi", "ne", "pas", "rédige", "rédigez", "écris", "écrivez",
        "résume", "résumez", "traduis", "traduisez", "réponds", "répondez", "prépare", "préparez",
        "ecris", "ecrivez", "envoie", "envoyez",
    };

    private static readonly HashSet<string> EnglishWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "a", "an", "and", "is", "are", "for", "we", "you", "our", "your", "my", "with", "to", "of", "in", "this", "that", "it", "i", "on", "at",
        "hello", "please", "thanks", "me", "not", "do", "draft", "write", "summarize", "translate", "reply", "prepare", "who", "what", "how",
    };

    /// <summary>French or English.</summary>
    /// <param name="french">Whether French.</param>
    public static CultureInfo Of(bool french) => french ? French : English;

    /// <summary>French when more French than English words occur, else English.</summary>
    /// <param name="request">What was asked.</param>
    public static CultureInfo Of(string request)
    {
        var balance = 0;
        foreach (var word in PracticeWords.Of(request))
            balance += (FrenchWords.Contains(word) ? 1 : 0) - (EnglishWords.Contains(word) ? 1 : 0);
        return Of(balance > 0);
    }
}
