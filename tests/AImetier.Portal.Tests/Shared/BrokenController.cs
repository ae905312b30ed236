using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Tests.Shared;

/// <summary>Pages that go wrong, for the tests of the error pages.</summary>
[AllowAnonymous]
[Route("broken")]
public sealed class BrokenController : Controller
{
    public const string Words = "the-words-of-the-failure";

    [HttpGet("failure")]
    public IActionResult Failure() => HttpContext.Request.Query.Count > 0 ? NoContent() : throw new InvalidOperationException(Words);

    [HttpGet("status/{status:int}")]
    public IActionResult Status(int status) => StatusCode(status);

    [HttpPost("form")]
    public IActionResult Form() => NoContent();
}
