using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Tests.Accounts;

[Route("/test")]
public sealed class GuardedController(CurrentWorkspace workspace) : Controller
{
    [HttpPost("guarded")]
    [ConfirmIdentity]
    public IActionResult Guarded([FromForm] string name, [FromForm] string[] colors, [FromQuery] string? teammate) =>
        Content($"done: {name}, {string.Join('+', colors)}, {teammate}");

    [HttpGet("admins")]
    [Authorize(Policies.Admin)]
    public IActionResult Admins() => Content(workspace.Id ?? "none");
}
