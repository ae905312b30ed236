using System.Security.Claims;
using AImetier.Portal.Features.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace AImetier.Portal.Features.Accounts;

/// <summary>
/// Makes the session cookie hold nothing but the protected session id: on every request the id is looked up and the principal is built
/// anew from the database, so that a role, a name or an end takes effect at once.
/// </summary>
/// <param name="sessions">Sessions.</param>
public sealed class SessionEvents(SessionService sessions) : CookieAuthenticationEvents
{
    private const string SignInPath = "/account/sign-in";

    /// <summary>The principal that is put into the cookie.</summary>
    /// <param name="sessionId">Id of a new session.</param>
    public static ClaimsPrincipal CookieOf(string sessionId) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Sid, sessionId)], AccountServices.SessionScheme));

    /// <inheritdoc/>
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var id = context.Principal?.FindFirstValue(ClaimTypes.Sid);
        var person = id is null ? null : await sessions.FindAsync(id, ByPerson(context.Request), context.HttpContext.RequestAborted);
        if (person is not null)
        {
            context.ReplacePrincipal(person.ToClaims());
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(AccountServices.SessionScheme);
    }

    // A page left open asks by itself (js/poll.js says so, and browsers when they open a stream again): that keeps nobody signed in.
    private static bool ByPerson(HttpRequest request) => !request.Headers.ContainsKey("X-Poll") && request.Headers.Accept != EventStreamWriter.ContentType;

    /// <inheritdoc/>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        // Only a page can be gone back to; the address of a form has no page of its own.
        var request = context.Request;
        var back = HttpMethods.IsGet(request.Method) && request.Path != "/" ? QueryString.Create("ReturnUrl", request.Path + request.QueryString) : default;
        context.Response.Redirect(SignInPath + back);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        // The page that says so is the one of Shared for every such answer.
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
