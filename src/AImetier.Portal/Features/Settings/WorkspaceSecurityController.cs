using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Settings;

/// <summary>Settings &gt; Security: Ask before sending and the activity log.</summary>
/// <param name="activity">Reads it.</param>
/// <param name="reader">Time zone of the workspace.</param>
/// <param name="workspaces">Reads the setting.</param>
/// <param name="asking">Changes the setting.</param>
/// <param name="text">Texts of the page.</param>
/// <param name="accounts">Texts about passwords.</param>
[Authorize(Policies.Admin)]
[Route("settings/security")]
public sealed class WorkspaceSecurityController(
    ActivityReader activity,
    ReaderZone reader,
    WorkspaceService workspaces,
    AskBeforeSendingService asking,
    IStringLocalizer<SettingsText> text,
    IStringLocalizer<AccountsText> accounts) : Controller
{
    /// <summary>A page of the log.</summary>
    /// <param name="query">Which lines.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("")]
    public Task<IActionResult> Index([FromQuery] ActivityQuery query, CancellationToken cancellationToken) => PageAsync(query, cancellationToken);

    /// <summary>A visit of the address of a form leads to the page.</summary>
    [HttpGet("ask-before-sending/on")]
    [HttpGet("ask-before-sending/off")]
    public IActionResult Back() => RedirectToAction(nameof(Index));

    /// <summary>Turns Ask before sending on.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("ask-before-sending/on")]
    public async Task<IActionResult> AskOn(CancellationToken cancellationToken)
    {
        await asking.TurnOnAsync(User.ToActor(), cancellationToken);
        TempData["flash"] = text["Ask.TurnedOn"].Value;
        return RedirectToAction(nameof(Index));
    }

    /// <summary>Turns Ask before sending off.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("ask-before-sending/off")]
    public async Task<IActionResult> AskOff([FromForm] AskOffForm form, CancellationToken cancellationToken)
    {
        switch (await asking.TurnOffAsync(User.ToActor(), SignedInPerson.SessionOf(User), form.Password ?? "", Visitor.Of(Request), cancellationToken))
        {
            case AskOutcome.Off:
                TempData["flash"] = text["Ask.TurnedOff"].Value;
                return RedirectToAction(nameof(Index));
            case AskOutcome.Wait wait:
                ModelState.AddModelError("Password", this.TellToWait(accounts, wait.RetryAfter));
                break;
            default:
                Response.StatusCode = StatusCodes.Status400BadRequest;
                ModelState.AddModelError("Password", text["Ask.WrongPassword"]);
                break;
        }

        return await PageAsync(new ActivityQuery(null, null, null, null, null, null), cancellationToken);
    }

    private async Task<IActionResult> PageAsync(ActivityQuery query, CancellationToken cancellationToken)
    {
        var workspace = await workspaces.GetAsync(User.ToActor().WorkspaceId, cancellationToken);
        var (lines, hasOlder) = await activity.PageAsync(query, reader.Zone, cancellationToken);
        var pager = new PagerLinks(
            query.Before is null ? null : Url.Action(nameof(Index), query.ToRoute()),
            hasOlder ? Url.Action(nameof(Index), query.ToRoute(lines[^1].Id)) : null);
        return View("Security", new SecurityPage(
            query, lines, await activity.PeopleAsync(cancellationToken), await activity.TeammatesAsync(cancellationToken), pager,
            workspace.AskBeforeSending));
    }

    /// <summary>Every line that the filters let through, as a file.</summary>
    /// <param name="query">Which lines.</param>
    /// <param name="file">Writes the file.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("activity.csv")]
    public async Task<IActionResult> Download(
        [FromQuery] ActivityQuery query, [FromServices] ActivityFile file, CancellationToken cancellationToken)
    {
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"activity.csv\"";
        Response.Headers.CacheControl = "no-store";
        var teammates = await activity.TeammatesAsync(cancellationToken);
        await file.WriteAsync(Response.Body, activity.AllAsync(query, reader.Zone), teammates, cancellationToken);
        return new EmptyResult();
    }
}
