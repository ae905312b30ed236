using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Accounts;

/// <summary>The page of a reset link.</summary>
/// <param name="passwords">Sets the new password.</param>
/// <param name="text">Texts of the page.</param>
[AllowAnonymous]
[Route("/account/reset")]
public sealed class ResetController(PasswordService passwords, IStringLocalizer<AccountsText> text) : Controller
{
    /// <summary>The empty form.</summary>
    [HttpGet]
    public IActionResult Index() => View("Reset", new ResetForm());

    /// <summary>Sets the new password and signs in.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost]
    public async Task<IActionResult> Reset([FromForm] ResetForm form, CancellationToken cancellationToken)
    {
        switch (await passwords.ResetAsync(form.Code ?? "", form.Password ?? "", Visitor.Of(Request), cancellationToken))
        {
            case PasswordOutcome.Changed changed:
                await HttpContext.SignInAsync(AccountServices.SessionScheme, SessionEvents.CookieOf(changed.SessionId!));
                TempData["flash"] = text["Security.PasswordChanged"].Value;
                return LocalRedirect("/");
            case PasswordOutcome.Rejected rejected:
                ModelState.AddModelError(nameof(form.Password), text.Describe(rejected.Problem));
                break;
            case PasswordOutcome.Wait wait:
                ModelState.AddModelError(nameof(form.Code), this.TellToWait(text, wait.RetryAfter));
                break;
            default:
                ModelState.AddModelError(nameof(form.Code), text["Reset.Refused"]);
                break;
        }

        return View("Reset", form);
    }
}
