using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Developer;

/// <summary>Settings &gt; Developer: makes, lists, renames and revokes keys through <see cref="TokenService"/> and nothing else.</summary>
/// <param name="tokens">The one door to keys.</param>
/// <param name="teammates">The picker.</param>
/// <param name="approvals">The one door to what keys asked for.</param>
/// <param name="page">Puts the page together.</param>
/// <param name="text">Texts of the page.</param>
/// <param name="shared">Texts of names.</param>
[Authorize(Policies.Admin)]
[Route("settings/developer")]
[NeverStored]
public sealed class DeveloperController(
    TokenService tokens,
    TeammateDirectory teammates,
    ApprovalService approvals,
    DeveloperPage page,
    IStringLocalizer<DeveloperText> text,
    IStringLocalizer<SharedText> shared)
    : Controller
{
    /// <summary>The page, for the picked teammate or the first.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(string? teammate, string? after, string? revoked, CancellationToken cancellationToken) =>
        View(await page.BuildAsync(User, teammate, new DeveloperPage.Place(after, revoked), cancellationToken));

    /// <summary>The list alone, for the page to keep its times and counts current.</summary>
    [HttpGet("list")]
    public async Task<IActionResult> List(string? teammate, string? after, string? revoked, CancellationToken cancellationToken) =>
        PartialView("_Live", await page.BuildAsync(User, teammate, new DeveloperPage.Place(after, revoked), cancellationToken));

    /// <summary>The address of the form, opened as a page.</summary>
    [HttpGet("tokens")]
    public IActionResult Generate(string? teammate) => RedirectToAction(nameof(Index), new { teammate });

    /// <summary>Makes a key and shows it in this one answer.</summary>
    [HttpPost("tokens")]
    [ConfirmIdentity(typeof(DeveloperText), "Generate.AfterConfirm")]
    public async Task<IActionResult> Generate(GenerateForm form, CancellationToken cancellationToken)
    {
        switch (await tokens.GenerateAsync(form.Teammate, form.Name, form.Nonce, User.ToActor(), cancellationToken))
        {
            case GenerateOutcome.Created created:
                return View(nameof(Index), await page.BuildRevealAsync(User, created, AddressOf, cancellationToken));
            case GenerateOutcome.BadName(var check):
                Response.StatusCode = StatusCodes.Status400BadRequest;
                var refused = new RefusedName(null, form.Name!, shared.Describe(check, ApiToken.LongestName)!);
                return View(nameof(Index), await page.BuildAsync(User, form.Teammate, DeveloperPage.Place.First, cancellationToken, refused));
            case GenerateOutcome.AlreadyCreated:
                return BackWith("Flash.AlreadyCreated", form.Teammate);
            case GenerateOutcome.Busy:
                return BackWith("Flash.Busy", form.Teammate);
            case GenerateOutcome.NoTeammate:
                return NotFound();
            default:
                return BackWith("Flash.FormExpired", form.Teammate);
        }
    }

    /// <summary>Renames a key.</summary>
    [HttpPost("tokens/{id}/rename")]
    public async Task<IActionResult> Rename([FromRoute] string id, string? name, CancellationToken cancellationToken)
    {
        if (await tokens.FindAsync(id, cancellationToken) is not { } token || await tokens.RenameAsync(id, name, User.ToActor(), cancellationToken) is not { } check)
            return NotFound();
        if (shared.Describe(check, ApiToken.LongestName) is not { } error)
            return BackWith("Flash.Renamed", token.TeammateId);

        Response.StatusCode = StatusCodes.Status400BadRequest;
        var refused = new RefusedName(id, name ?? "", error);
        return View(nameof(Index), await page.BuildAsync(User, token.TeammateId, DeveloperPage.Place.First, cancellationToken, refused));
    }

    /// <summary>The address of the form, opened as a page.</summary>
    [HttpGet("tokens/{id}/rename")]
    public async Task<IActionResult> Rename([FromRoute] string id, CancellationToken cancellationToken) =>
        await tokens.FindAsync(id, cancellationToken) is { } token ? RedirectToAction(nameof(Index), new { teammate = token.TeammateId }) : NotFound();

    /// <summary>Asks before a key is revoked; the page's script shows this in a dialog.</summary>
    [HttpGet("tokens/{id}/revoke")]
    public async Task<IActionResult> ConfirmRevoke([FromRoute] string id, CancellationToken cancellationToken)
    {
        if (await tokens.FindAsync(id, cancellationToken) is not { } token || await teammates.FindAsync(token.TeammateId, cancellationToken) is not { } teammate)
            return NotFound();
        return token.RevokedAt is null ? View("Revoke", new RevokeViewModel(token, teammate)) : RedirectToAction(nameof(Index), new { teammate = teammate.Id });
    }

    /// <summary>Revokes a key for good.</summary>
    [HttpPost("tokens/{id}/revoke")]
    public async Task<IActionResult> Revoke([FromRoute] string id, CancellationToken cancellationToken)
    {
        if (!await tokens.RevokeAsync(id, User.ToActor(), cancellationToken) || await tokens.FindAsync(id, cancellationToken) is not { } token)
            return NotFound();
        TempData["flash"] = text["Flash.Revoked", token.Name].Value;
        return RedirectToAction(nameof(Index), new { teammate = token.TeammateId, revoked = DeveloperPage.Place.Unfolded });
    }

    /// <summary>Says no to everything that a key asked for and that still waits.</summary>
    [HttpPost("tokens/{id}/decline-waiting")]
    public async Task<IActionResult> DeclineWaiting([FromRoute] string id, CancellationToken cancellationToken)
    {
        if (await tokens.FindAsync(id, cancellationToken) is not { } token)
            return NotFound();
        var declined = await approvals.DeclineOfKeyAsync(token.Id, User.ToActor(), cancellationToken);
        TempData["flash"] = text.Plural("Flash.DeclinedAll", declined, token.Name);
        return RedirectToAction(nameof(Index), new { teammate = token.TeammateId, revoked = DeveloperPage.Place.Unfolded });
    }

    private RedirectToActionResult BackWith(string sentence, string? teammate)
    {
        TempData["flash"] = text[sentence].Value;
        return RedirectToAction(nameof(Index), new { teammate });
    }

    private string AddressOf(string path) => Request.PublicAddress(path);
}
