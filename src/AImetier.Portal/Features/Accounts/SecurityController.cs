using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Accounts;

/// <summary>The page of a person's own password and sessions.</summary>
/// <param name="passwords">Changes the password.</param>
/// <param name="sessions">Lists and ends sessions.</param>
/// <param name="profile">Reads the person.</param>
/// <param name="text">Texts of the page.</param>
[Authorize(Policies.SignedIn)]
[Route("/account/security")]
public sealed class SecurityController(
    PasswordService passwords, SessionService sessions, ProfileService profile, IStringLocalizer<AccountsText> text) : Controller
{
    /// <summary>The page.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet]
    public Task<IActionResult> Index(CancellationToken cancellationToken) => PageAsync(cancellationToken);

    /// <summary>Changes the password.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("password")]
    public async Task<IActionResult> ChangePassword([FromForm] PasswordForm form, CancellationToken cancellationToken)
    {
        var outcome = await passwords.ChangeAsync(
            User.ToActor(), SignedInPerson.SessionOf(User), form.CurrentPassword ?? "", form.NewPassword ?? "", Visitor.Of(Request), cancellationToken);
        switch (outcome)
        {
            case PasswordOutcome.Changed:
                TempData["flash"] = text["Security.PasswordChanged"].Value;
                return RedirectToAction(nameof(Index));
            case PasswordOutcome.Rejected rejected:
                ModelState.AddModelError(nameof(form.NewPassword), text.Describe(rejected.Problem));
                break;
            case PasswordOutcome.Wait wait:
                ModelState.AddModelError(nameof(form.CurrentPassword), this.TellToWait(text, wait.RetryAfter));
                break;
            default:
                ModelState.AddModelError(nameof(form.CurrentPassword), text["Security.WrongCurrent"]);
                break;
        }

        return await PageAsync(cancellationToken);
    }

    /// <summary>A visit of the form's address leads to the page.</summary>
    [HttpGet("password")]
    [HttpGet("sign-out-elsewhere")]
    public IActionResult Back() => RedirectToAction(nameof(Index));

    /// <summary>Signs out everywhere else.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("sign-out-elsewhere")]
    public async Task<IActionResult> SignOutElsewhere(CancellationToken cancellationToken)
    {
        var ended = await sessions.SignOutElsewhereAsync(SignedInPerson.SessionOf(User), User.ToActor(), cancellationToken);
        TempData["flash"] = text.Plural("Security.Ended", ended);
        return RedirectToAction(nameof(Index));
    }

    private async Task<IActionResult> PageAsync(CancellationToken cancellationToken)
    {
        var person = await profile.GetAsync(User.ToActor(), cancellationToken);
        var list = await sessions.ListAsync(person.Id, cancellationToken);
        return View("Security", new SecurityViewModel(person.Email!, list, SignedInPerson.SessionOf(User)));
    }
}
