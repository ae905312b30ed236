using Microsoft.AspNetCore.Localization;

namespace AImetier.Portal.Features.Accounts;

/// <summary>The cookie that keeps the language a person chose.</summary>
/// <param name="rules">Name and flags.</param>
/// <param name="time">The clock.</param>
public sealed class LanguageCookie(CookieRules rules, TimeProvider time)
{
    /// <summary>Part of the cookie's name.</summary>
    public const string Part = "language";

    /// <summary>Whether a text names a language of the pages.</summary>
    /// <param name="language">From outside.</param>
    public static bool Knows(string? language) => language is not null && AccountServices.Languages.Contains(language, StringComparer.Ordinal);

    /// <summary>Whether a language was chosen in this browser.</summary>
    /// <param name="request">The request.</param>
    public bool IsChosen(HttpRequest request) => request.Cookies.ContainsKey(rules.Name(Part));

    /// <summary>Writes the choice, or removes it so that the browser's own language counts.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="language"><c>en</c> or <c>fr</c>; anything else means automatic.</param>
    public void Write(HttpResponse response, string? language)
    {
        var options = new CookieOptions
        {
            Secure = rules.Secure,
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
            Expires = time.GetUtcNow().AddYears(1),
        };
        if (Knows(language))
            response.Cookies.Append(rules.Name(Part), CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language!)), options);
        else
            response.Cookies.Delete(rules.Name(Part), options);
    }
}
