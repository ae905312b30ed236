using System.Globalization;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Shared;

/// <summary>Chooses between <c>Key.one</c> and <c>Key.other</c> of the resources.</summary>
/// <remarks>Unicode CLDR plural rules of English and French: French counts 0 as one.</remarks>
public static class Plurals
{
    /// <summary>The text for a count; the count is argument {0}, <paramref name="more"/> follow.</summary>
    /// <param name="text">The resources.</param>
    /// <param name="key">Key without its ending.</param>
    /// <param name="count">Zero or more.</param>
    /// <param name="more">Arguments {1} and up.</param>
    public static string Plural(this IStringLocalizer text, string key, long count, params object[] more)
    {
        var french = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr";
        var one = count == 1 || (french && count == 0);
        return text[one ? key + ".one" : key + ".other", [count, .. more]];
    }
}
