using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Teammates;

/// <summary>The roster, a teammate's page, and what admins do with teammates.</summary>
/// <param name="directory">Reads teammates.</param>
/// <param name="teammates">Changes them.</param>
/// <param name="text">Resources of these pages.</param>
/// <param name="shared">Resources of Shared.</param>
[Route("teammates")]
[Authorize(Policies.SignedIn)]
[AutoValidateAntiforgeryToken]
public sealed class TeammatesController(
    TeammateDirectory directory, TeammateService teammates, IStringLocalizer<TeammateText> text, IStringLocalizer<SharedText> shared) : Controller
{
    /// <summary>The roster.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("")]
    public async Task<IActionResult> Roster(CancellationToken cancellationToken) => View(await directory.ListAsync(cancellationToken));

    /// <summary>The form of hiring, filled with a suggestion when one is named.</summary>
    /// <param name="suggestion">One of <see cref="Suggestions.All"/>, or null.</param>
    [HttpGet("hire")]
    [Authorize(Policies.Admin)]
    public IActionResult Hire([FromQuery] string? suggestion) => View(new TeammateFormPage(Suggestions.Form(suggestion, text), Suggestion: suggestion));

    /// <summary>Hires and leads to the new teammate.</summary>
    /// <param name="form">The fields.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("hire")]
    [Authorize(Policies.Admin)]
    public async Task<IActionResult> Hire([FromForm] TeammateForm form, CancellationToken cancellationToken) =>
        await teammates.HireAsync(TeammateProfile.Of(form.Name, form.Role, form.Instructions), User.ToActor(), cancellationToken) switch
        {
            TeammateOutcome.Done(var teammate) => ToTeammate(teammate, "Flash.Hired"),
            TeammateOutcome.Invalid(var profile) => Unfit(TeammateFormPage.Of(form, profile, text, shared)),
            _ => NotFound(),
        };

    /// <summary>A teammate's page.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("{id}")]
    public async Task<IActionResult> Details([FromRoute] string id, CancellationToken cancellationToken) =>
        await directory.FindAsync(id, cancellationToken) is { } teammate ? View(teammate) : NotFound();

    /// <summary>The form of changing.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("{id}/edit")]
    [Authorize(Policies.Admin)]
    public async Task<IActionResult> Edit([FromRoute] string id, CancellationToken cancellationToken) =>
        await directory.FindAsync(id, cancellationToken) is { } teammate
            ? View(new TeammateFormPage(new TeammateForm(teammate.Name, teammate.Role, teammate.Instructions), Teammate: teammate))
            : NotFound();

    /// <summary>Changes name, role and instructions.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="form">The fields.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("{id}/edit")]
    [Authorize(Policies.Admin)]
    public async Task<IActionResult> Edit([FromRoute] string id, [FromForm] TeammateForm form, CancellationToken cancellationToken) =>
        await teammates.ChangeAsync(id, TeammateProfile.Of(form.Name, form.Role, form.Instructions), User.ToActor(), cancellationToken) switch
        {
            TeammateOutcome.Done(var teammate) => ToTeammate(teammate, "Flash.Changed"),
            TeammateOutcome.Invalid(var profile) when await directory.FindAsync(id, cancellationToken) is { } teammate =>
                Unfit(TeammateFormPage.Of(form, profile, text, shared) with { Teammate = teammate }),
            _ => NotFound(),
        };

    /// <summary>Pauses.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("{id}/pause")]
    [Authorize(Policies.Admin)]
    public Task<IActionResult> Pause([FromRoute] string id, CancellationToken cancellationToken) =>
        AfterAsync(teammates.PauseAsync(id, User.ToActor(), cancellationToken), "Flash.Paused");

    /// <summary>Resumes.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("{id}/resume")]
    [Authorize(Policies.Admin)]
    public Task<IActionResult> Resume([FromRoute] string id, CancellationToken cancellationToken) =>
        AfterAsync(teammates.ResumeAsync(id, User.ToActor(), cancellationToken), "Flash.Resumed");

    /// <summary>Says what ends with the teammate, and asks.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("{id}/remove")]
    [Authorize(Policies.Admin)]
    public async Task<IActionResult> Remove([FromRoute] string id, CancellationToken cancellationToken) =>
        await directory.FindAsync(id, cancellationToken) is { } teammate
            ? View(new RemovePage(teammate, await teammates.CountEndingAsync(teammate.Id, cancellationToken)))
            : NotFound();

    /// <summary>Removes and leads to the roster.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("{id}/remove")]
    [ActionName(nameof(Remove))]
    [Authorize(Policies.Admin)]
    public async Task<IActionResult> RemoveForGood([FromRoute] string id, CancellationToken cancellationToken)
    {
        if (await teammates.RemoveAsync(id, User.ToActor(), cancellationToken) is not TeammateOutcome.Done(var teammate))
            return NotFound();
        TempData["flash"] = text["Flash.Removed", teammate.Name].Value;
        return RedirectToAction(nameof(Roster));
    }

    private ViewResult Unfit(TeammateFormPage page)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View(page);
    }

    private async Task<IActionResult> AfterAsync(Task<TeammateOutcome> act, string flash) =>
        await act is TeammateOutcome.Done(var teammate) ? ToTeammate(teammate, flash) : NotFound();

    private RedirectToActionResult ToTeammate(Teammate teammate, string flash)
    {
        TempData["flash"] = text[flash, teammate.Name].Value;
        return RedirectToAction(nameof(Details), new { id = teammate.Id });
    }
}
