using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.Developer;

/// <summary>The clients seen alone, for the page to keep them current.</summary>
/// <param name="teammates">Finds the picked teammate.</param>
/// <param name="reader">Reads what is shown.</param>
[Authorize(Policies.Admin)]
[Route("settings/developer/mcp")]
[NeverStored]
public sealed class McpSectionController(TeammateDirectory teammates, McpSectionReader reader) : Controller
{
    /// <summary>The fragments that change.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Live(string? teammate, CancellationToken cancellationToken) =>
        await teammates.FindAsync(teammate, cancellationToken) is { } picked
            ? PartialView("_McpLive", await reader.ReadAsync(picked, Request, cancellationToken))
            : NotFound();
}
