using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.Reference;

/// <summary>The Developer reference: open to everybody, the same for everybody but for the address and, for an admin who picked one, a teammate's id.</summary>
/// <param name="reader">The manual.</param>
/// <param name="teammates">Checks the picked teammate.</param>
[AllowAnonymous]
[WorksBeforeSetup]
[Route("developers")]
public sealed class ReferenceController(ManualReader reader, TeammateDirectory teammates) : Controller
{
    private const string MarkdownType = "text/markdown; charset=utf-8";

    /// <summary>The contents.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(string? teammate, CancellationToken cancellationToken) => View(await PageAsync(teammate, cancellationToken));

    /// <summary>A topic.</summary>
    [HttpGet("{topic}")]
    public async Task<IActionResult> Topic([FromRoute] string topic, string? teammate, CancellationToken cancellationToken)
    {
        var page = await PageAsync(teammate, cancellationToken);
        if (page.Manual.Find(topic) is { } found)
            return View(page with { Topic = found });
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View("Unknown", page);
    }

    /// <summary>The same topic as its source.</summary>
    [HttpGet("{topic}.md")]
    public async Task<IActionResult> Markdown([FromRoute] string topic, string? teammate, CancellationToken cancellationToken)
    {
        var page = await PageAsync(teammate, cancellationToken);
        if (page.Manual.Find(topic) is { } found)
            return Content(page.Fill.Markdown(found.Markdown), MarkdownType);
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Content($"There is no such topic. The contents are at {page.Fill.Address}/llms.txt\n", MarkdownType);
    }

    /// <summary>Looks for words.</summary>
    [HttpGet("search")]
    public async Task<IActionResult> Search(string? q, string? teammate, CancellationToken cancellationToken)
    {
        var page = await PageAsync(teammate, cancellationToken);
        var typed = ManualSearch.Cut(q);
        return View(page with { Typed = typed, Hits = ManualSearch.Find(page.Manual, typed) });
    }

    /// <summary>The contents for language models.</summary>
    [HttpGet("/llms.txt")]
    public async Task<IActionResult> Llms() => Content(LlmsText.Of(await reader.ReadAsync(), Request.PublicAddress("")), "text/plain; charset=utf-8");

    // Of the reader's own workspace, and only for who may open the picker; anything else is as if none was picked.
    private async Task<ManualPage> PageAsync(string? teammate, CancellationToken cancellationToken)
    {
        var picked = teammate is not null && User.IsAdmin() ? await teammates.FindAsync(teammate, cancellationToken) : null;
        Response.Headers.CacheControl = "private, no-cache";
        return new ManualPage(await reader.ReadAsync(), new ManualFill(Request.PublicAddress(""), picked?.Id), picked);
    }
}
