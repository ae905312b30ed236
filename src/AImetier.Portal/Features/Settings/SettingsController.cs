using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.Settings;

/// <summary>Settings: the tiles.</summary>
[Authorize(Policies.SignedIn)]
[Route("settings")]
public sealed class SettingsController : Controller
{
    /// <summary>A tile for each page that the person may open.</summary>
    [HttpGet("")]
    public IActionResult Index() => View("Tiles");
}
