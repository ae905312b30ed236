using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Where <c>/</c> leads a person who is signed in; others are sent to sign-in by the policy of all pages.</summary>
public sealed class HomeController : Controller
{
    /// <summary>The first page.</summary>
    [HttpGet("/")]
    public IActionResult Index() => LocalRedirect("/chat");
}
