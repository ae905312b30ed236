using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Settings;

/// <summary>Settings &gt; General: name, language and time zone of the business.</summary>
/// <param name="general">Saves.</param>
/// <param name="workspaces">Reads.</param>
/// <param name="text">Resources of Settings.</param>
/// <param name="shared">Resources of Shared.</param>
[Authorize(Policies.Admin)]
[Route("settings/general")]
public sealed class GeneralController(
    GeneralService general, WorkspaceService workspaces, IStringLocalizer<SettingsText> text, IStringLocalizer<SharedText> shared) : Controller
{
    /// <summary>The form, filled.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var workspace = await workspaces.GetAsync(User.ToActor().WorkspaceId, cancellationToken);
        return View("General", new GeneralPage(new GeneralForm(workspace.Name, workspace.Language, workspace.TimeZone)));
    }

    /// <summary>Saves, or shows the form again with what is wrong.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Save([FromForm] GeneralForm form, CancellationToken cancellationToken)
    {
        if (await general.SaveAsync(User.ToActor(), form, cancellationToken) is GeneralOutcome.Refused refused)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return View("General", new GeneralPage(
                form,
                refused.Name is null ? null : shared.Describe(refused.Name, Workspace.LongestName),
                refused.UnknownLanguage ? text["General.Language.Unknown"].Value : null,
                refused.UnknownTimeZone ? text["General.TimeZone.Unknown"].Value : null));
        }

        TempData["flash"] = text["General.Saved"].Value;
        return RedirectToAction(nameof(Index));
    }
}
