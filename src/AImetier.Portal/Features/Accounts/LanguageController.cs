using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.Accounts;

/// <summary>The language choice of the account menu, for everybody.</summary>
/// <param name="profile">Keeps the choice of a signed-in person.</param>
/// <param name="cookie">Keeps the choice in the browser.</param>
[AllowAnonymous]
[WorksBeforeSetup]
public sealed class LanguageController(ProfileService profile, LanguageCookie cookie) : Controller
{
    /// <summary>Changes the language and goes back.</summary>
    /// <param name="culture"><c>en</c> or <c>fr</c>; anything else follows the browser.</param>
    /// <param name="returnUrl">Page to go back to.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("/account/language")]
    public async Task<IActionResult> Change([FromForm] string? culture, [FromForm] string? returnUrl, CancellationToken cancellationToken)
    {
        if (User.Identity is { IsAuthenticated: true })
            await profile.ChangeLanguageAsync(User.ToActor(), culture, cancellationToken);
        cookie.Write(Response, culture);
        return LocalRedirect(LocalAddress.OrHome(returnUrl));
    }
}
