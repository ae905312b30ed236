using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>What owners and admins do about one thing that waits.</summary>
/// <param name="approvals">The one door to decisions.</param>
/// <param name="queue">Says what is next.</param>
/// <param name="pages">Gathers what is shown.</param>
/// <param name="words">Puts outcomes into words.</param>
/// <param name="text">Resources of these pages.</param>
[Route("needs-attention/{id}")]
[Authorize(Policies.Admin)]
[AutoValidateAntiforgeryToken]
public sealed class DecisionController(
    ApprovalService approvals, AttentionReader queue, AttentionPages pages, OutcomeWords words, IStringLocalizer<AttentionText> text) : Controller
{
    /// <summary>Key of the sentence that the next page shows about what was not done.</summary>
    public const string ProblemKey = "attention-problem";

    private Actor Person => User.ToActor();

    /// <summary>Says yes to what the person saw.</summary>
    [HttpPost("approve")]
    public async Task<IActionResult> Approve([FromRoute] string id, string? seenHash, CancellationToken cancellationToken) =>
        await AfterAsync(id, await approvals.ApproveAsync(id, seenHash, Person, cancellationToken), "Flash.Approved", cancellationToken);

    /// <summary>Says no, with a word to the teammate or without.</summary>
    [HttpPost("decline")]
    public async Task<IActionResult> Decline([FromRoute] string id, string? reason, CancellationToken cancellationToken)
    {
        var outcome = await approvals.DeclineAsync(id, reason, Person, cancellationToken);
        if (outcome is not DecideOutcome.BadReason)
            return await AfterAsync(id, outcome, "Flash.Declined", cancellationToken);
        if (await approvals.FindAsync(id, cancellationToken) is not { } approval)
            return NotFound();
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Details", await pages.PageAsync(approval, Person.Id, cancellationToken) with { Reason = reason });
    }

    /// <summary>Has a failed or uncertain one sent once more.</summary>
    [HttpPost("send-again")]
    public async Task<IActionResult> SendAgain([FromRoute] string id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await approvals.SendAgainAsync(id, Person, cancellationToken), "Flash.SentAgain", cancellationToken);

    /// <summary>Says of an uncertain one that it arrived.</summary>
    [HttpPost("arrived")]
    public async Task<IActionResult> Arrived([FromRoute] string id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await approvals.ArrivedAsync(id, Person, cancellationToken), "Flash.Arrived", cancellationToken);

    /// <summary>Takes a failed or uncertain one out of the queue.</summary>
    [HttpPost("set-aside")]
    public async Task<IActionResult> SetAside([FromRoute] string id, CancellationToken cancellationToken) =>
        await AfterAsync(id, await approvals.SetAsideAsync(id, Person, cancellationToken), "Flash.SetAside", cancellationToken);

    /// <summary>The form that changes what would leave.</summary>
    [HttpGet("edit")]
    public async Task<IActionResult> Edit([FromRoute] string id, CancellationToken cancellationToken)
    {
        if (await approvals.FindAsync(id, cancellationToken) is not { } approval)
            return NotFound();
        if (approval.State != ApprovalState.Waiting)
            return ToApproval(id);
        var row = await pages.RowAsync(approval, cancellationToken);
        return View("Edit", new EditPage(row, new EditForm(row.Content.To, row.Content.Subject, row.Content.Body, approval.ContentHash), EditPage.NoErrors));
    }

    /// <summary>Changes what would leave; it still waits afterwards.</summary>
    [HttpPost("edit")]
    public async Task<IActionResult> Edit([FromRoute] string id, [FromForm] EditForm form, CancellationToken cancellationToken)
    {
        if (await approvals.FindAsync(id, cancellationToken) is not { } approval)
            return NotFound();
        var outcome = await approvals.EditAsync(id, form.SeenHash, form.ToContent(approval.ReadContent()), Person, cancellationToken);
        switch (outcome)
        {
            case DecideOutcome.Done:
                TempData["flash"] = text["Flash.Edited"].Value;
                return ToApproval(id);
            case DecideOutcome.BadContent(var problems):
                Response.StatusCode = StatusCodes.Status400BadRequest;
                return View("Edit", new EditPage(await pages.RowAsync(approval, cancellationToken), form, words.Of(problems)));
            case DecideOutcome.Changed(var current):
                // What was typed stays; saving once more is done knowing what it replaces.
                Response.StatusCode = StatusCodes.Status409Conflict;
                ModelState.Clear();
                var fresh = form with { SeenHash = current.ContentHash };
                return View("Edit", new EditPage(await pages.RowAsync(current, cancellationToken), fresh, EditPage.NoErrors, WasChanged: true));
            default:
                return await AfterAsync(id, outcome, "Flash.Edited", cancellationToken);
        }
    }

    /// <summary>The address of a form, opened as a page.</summary>
    [HttpGet("approve")]
    [HttpGet("decline")]
    [HttpGet("send-again")]
    [HttpGet("arrived")]
    [HttpGet("set-aside")]
    public IActionResult Form([FromRoute] string id) => ToApproval(id);

    private async Task<IActionResult> AfterAsync(string id, DecideOutcome outcome, string flash, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case DecideOutcome.Done(var approval):
                TempData["flash"] = words.Done(flash, approval);
                return await queue.NextAsync(approval, cancellationToken) is { } next ? ToApproval(next) : RedirectToAction("Index", "Attention");
            case DecideOutcome.NotFound:
                return NotFound();
            default:
                TempData[ProblemKey] = words.Of(outcome, Person.Id);
                return ToApproval(id);
        }
    }

    private RedirectToActionResult ToApproval(string id) => RedirectToAction("Details", "Attention", new { id });
}
