using AImetier.Portal.Features.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Accounts;

/// <summary>The set-up page. It is gone once there is an owner.</summary>
/// <param name="setup">Sets up.</param>
/// <param name="text">Texts of the page.</param>
/// <param name="shared">Texts about names.</param>
[AllowAnonymous]
[WorksBeforeSetup]
[Route("/setup")]
public sealed class SetupController(SetupService setup, IStringLocalizer<AccountsText> text, IStringLocalizer<SharedText> shared) : Controller
{
    /// <summary>The empty form.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet]
    public async Task<IActionResult> Index(CancellationToken cancellationToken) =>
        await setup.IsNeededAsync(cancellationToken) ? View("Setup", new SetupForm()) : NotFound();

    /// <summary>Sets up and signs the owner in.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost]
    public async Task<IActionResult> SetUp([FromForm] SetupForm form, CancellationToken cancellationToken)
    {
        if (!await setup.IsNeededAsync(cancellationToken))
            return NotFound();

        var request = new SetupRequest(form.WorkspaceName ?? "", form.Email ?? "", form.Password ?? "");
        switch (await setup.SetUpAsync(request, form.Code, Visitor.Of(Request), cancellationToken))
        {
            case SetupOutcome.Done done:
                await HttpContext.SignInAsync(AccountServices.SessionScheme, SessionEvents.CookieOf(done.SessionId!));
                return LocalRedirect("/teammates");
            case SetupOutcome.WrongCode:
                ModelState.AddModelError(nameof(form.Code), text["Setup.WrongCode"]);
                break;
            case SetupOutcome.Wait wait:
                ModelState.AddModelError(nameof(form.Code), this.TellToWait(text, wait.RetryAfter));
                break;
            case SetupOutcome.Invalid invalid:
                Explain(invalid);
                break;
            default:
                return NotFound();
        }

        return View("Setup", form);
    }

    private void Explain(SetupOutcome.Invalid invalid)
    {
        if (shared.Describe(invalid.Workspace, Workspace.LongestName) is { } name)
            ModelState.AddModelError(nameof(SetupForm.WorkspaceName), name);
        if (!invalid.EmailFits)
            ModelState.AddModelError(nameof(SetupForm.Email), text["Email.Bad"]);
        if (invalid.Password is { } problem)
            ModelState.AddModelError(nameof(SetupForm.Password), text.Describe(problem));
    }
}
