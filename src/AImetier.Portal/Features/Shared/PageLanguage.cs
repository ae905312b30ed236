using System.Globalization;

namespace AImetier.Portal.Features.Shared;

/// <summary>The language that the running request is answered in: one of those the Portal has texts for.</summary>
public static class PageLanguage
{
    /// <summary>Languages with complete texts, the default first.</summary>
    public static IReadOnlyList<string> All { get; } = ["en", "fr"];

    /// <summary>Two-letter code of the running request's language; English for any the Portal does not speak.</summary>
    public static string Current => All.FirstOrDefault(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName.Equals, All[0]);

    /// <summary>Culture for dates and numbers in that language, whatever the machine's own culture is.</summary>
    public static CultureInfo Culture => CultureInfo.GetCultureInfo(Current);
}
