using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>What waits for a person. Everybody of the business may look; see <see cref="DecisionController"/> for what admins do.</summary>
/// <param name="pages">Gathers what is shown.</param>
/// <param name="approvals">Finds an approval.</param>
[Route("needs-attention")]
[Authorize(Policies.SignedIn)]
public sealed class AttentionController(AttentionPages pages, ApprovalService approvals) : Controller
{
    /// <summary>The queue, and what was decided.</summary>
    /// <param name="after">Where the queue begins, or null.</param>
    /// <param name="before">Where what was decided begins, or null.</param>
    /// <param name="key">Only what this key asked for, or null.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    [HttpGet("")]
    public async Task<IActionResult> Index(string? after, string? before, string? key, CancellationToken cancellationToken) =>
        View(await pages.ListAsync(after, before, key, cancellationToken));

    /// <summary>The count alone, for the menu to keep it current.</summary>
    [HttpGet("count")]
    public IActionResult Count() => ViewComponent("AttentionCount");

    /// <summary>Exactly what would leave.</summary>
    /// <param name="id">Id from outside.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    [HttpGet("{id}")]
    public async Task<IActionResult> Details([FromRoute] string id, CancellationToken cancellationToken) =>
        await approvals.FindAsync(id, cancellationToken) is { } approval
            ? View(await pages.PageAsync(approval, User.ToActor().Id, cancellationToken) with { Problem = TempData[DecisionController.ProblemKey] as string })
            : NotFound();
}
