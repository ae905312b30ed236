using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.Settings;

/// <summary>Settings &gt; Security: the activity log.</summary>
/// <param name="activity">Reads it.</param>
/// <param name="reader">Time zone of the workspace.</param>
[Authorize(Policies.Admin)]
[Route("settings/security")]
public sealed class WorkspaceSecurityController(ActivityReader activity, ReaderZone reader) : Controller
{
    /// <summary>A page of the log.</summary>
    /// <param name="query">Which lines.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("")]
    public async Task<IActionResult> Index([FromQuery] ActivityQuery query, CancellationToken cancellationToken)
    {
        var (lines, hasOlder) = await activity.PageAsync(query, reader.Zone, cancellationToken);
        var pager = new PagerLinks(
            query.Before is null ? null : Url.Action(nameof(Index), query.ToRoute()),
            hasOlder ? Url.Action(nameof(Index), query.ToRoute(lines[^1].Id)) : null);
        return View("Security", new SecurityPage(
            query, lines, await activity.PeopleAsync(cancellationToken), await activity.TeammatesAsync(cancellationToken), pager));
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
