using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Accounts;

/// <summary>"Confirm it's you": takes the password and lets the browser repeat the form that waits.</summary>
/// <param name="signIn">Checks the password.</param>
/// <param name="target">Reads the address of the form.</param>
/// <param name="text">Texts of the page.</param>
[Authorize(Policies.SignedIn)]
[Route("/account/confirm")]
public sealed class ConfirmController(SignInService signIn, ConfirmTarget target, IStringLocalizer<AccountsText> text) : Controller
{
    /// <summary>Nothing waits on a visit.</summary>
    [HttpGet]
    public IActionResult Home() => LocalRedirect("/");

    /// <summary>Right password: the browser sends the same form again to where it was held back (307). Wrong: the page again, nothing lost.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <remarks>RFC 9110, section 15.4.8: the method and the body stay.</remarks>
    [HttpPost]
    public async Task<IActionResult> Confirm(CancellationToken cancellationToken)
    {
        var form = await Request.ReadFormAsync(cancellationToken);
        var (session, to) = (SignedInPerson.SessionOf(User), form[ConfirmViewModel.ToField].ToString());
        if (target.Read(session, to) is not { } address)
            return LocalRedirect("/");

        var (right, wait) = await signIn.ConfirmAsync(
            User.ToActor().Id, session, form[ConfirmViewModel.PasswordField].ToString(), Visitor.Of(Request), cancellationToken);
        if (right)
            return LocalRedirectPreserveMethod(address);
        var error = wait > TimeSpan.Zero ? this.TellToWait(text, wait) : text["Confirm.Wrong"].Value;
        return View(new ConfirmViewModel(to, form[ConfirmViewModel.NextField].ToString(), ConfirmViewModel.Carried(form), error));
    }
}
