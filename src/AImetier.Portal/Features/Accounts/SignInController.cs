using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Sign-in and sign-out.</summary>
/// <param name="signIn">Signs people in.</param>
/// <param name="sessions">Ends sessions.</param>
/// <param name="language">Keeps the person's language.</param>
/// <param name="text">Texts of the page.</param>
[AllowAnonymous]
[Route("/account")]
public sealed class SignInController(
    SignInService signIn, SessionService sessions, LanguageCookie language, IStringLocalizer<AccountsText> text) : Controller
{
    private bool IsSignedIn => User.Identity is { IsAuthenticated: true };

    /// <summary>The sign-in page; whoever is signed in goes on.</summary>
    /// <param name="returnUrl">Where to go afterwards.</param>
    [HttpGet("sign-in")]
    public IActionResult Index(string? returnUrl) =>
        IsSignedIn ? LocalRedirect(LocalAddress.OrHome(returnUrl)) : View("SignIn", new SignInForm { ReturnUrl = returnUrl });

    /// <summary>Signs in.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("sign-in")]
    public async Task<IActionResult> SignIn([FromForm] SignInForm form, CancellationToken cancellationToken)
    {
        var replaced = IsSignedIn ? SignedInPerson.SessionOf(User) : null;
        switch (await signIn.SignInAsync(form.Email ?? "", form.Password ?? "", Visitor.Of(Request), replaced, cancellationToken))
        {
            case SignInOutcome.SignedIn signedIn:
                await HttpContext.SignInAsync(AccountServices.SessionScheme, SessionEvents.CookieOf(signedIn.SessionId));
                if ((signedIn.Language ?? (language.IsChosen(Request) ? null : signedIn.WorkspaceLanguage)) is { } spoken)
                    language.Write(Response, spoken);
                return LocalRedirect(LocalAddress.OrHome(form.ReturnUrl));
            case SignInOutcome.Wait wait:
                ModelState.AddModelError("", this.TellToWait(text, wait.RetryAfter));
                break;
            default:
                ModelState.AddModelError("", text["SignIn.Refused"]);
                break;
        }

        return View("SignIn", form);
    }

    /// <summary>Nothing happens on a visit.</summary>
    [HttpGet("sign-out")]
    public IActionResult Home() => LocalRedirect("/");

    /// <summary>Signs out.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("sign-out")]
    public async Task<IActionResult> SignOut(CancellationToken cancellationToken)
    {
        if (IsSignedIn)
            await sessions.SignOutAsync(SignedInPerson.SessionOf(User), User.ToActor(), cancellationToken);
        await HttpContext.SignOutAsync(AccountServices.SessionScheme);
        return LocalRedirect("/account/sign-in");
    }
}
