using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Accounts;

/// <summary>The page of a person's own name, language and notices.</summary>
/// <param name="profile">Reads and changes it.</param>
/// <param name="cookie">Keeps the language.</param>
/// <param name="text">Texts of the page.</param>
/// <param name="shared">Texts about names.</param>
[Authorize(Policies.SignedIn)]
[Route("/account/profile")]
public sealed class ProfileController(
    ProfileService profile, LanguageCookie cookie, IStringLocalizer<AccountsText> text, IStringLocalizer<SharedText> shared) : Controller
{
    /// <summary>The form.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var person = await profile.GetAsync(User.ToActor(), cancellationToken);
        return View("Profile", new ProfileForm { DisplayName = person.DisplayName, Language = person.Language, EmailWhenWaiting = person.EmailWhenWaiting });
    }

    /// <summary>Changes name, language and notices.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost]
    public async Task<IActionResult> Change([FromForm] ProfileForm form, CancellationToken cancellationToken)
    {
        var check = await profile.ChangeAsync(User.ToActor(), form.DisplayName, form.Language, form.EmailWhenWaiting, cancellationToken);
        if (shared.Describe(check, Person.LongestName) is { } sentence)
        {
            ModelState.AddModelError(nameof(form.DisplayName), sentence);
            return View("Profile", form);
        }

        cookie.Write(Response, form.Language);
        TempData["flash"] = text["Profile.Saved"].Value;
        return RedirectToAction(nameof(Index));
    }
}
