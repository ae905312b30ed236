using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Developer;

/// <summary>Endpoints of outgoing webhooks: added, changed, paused, resumed and removed, and their secrets replaced.</summary>
/// <param name="webhooks">Does it.</param>
/// <param name="pages">Puts their pages together.</param>
/// <param name="developer">Puts Settings &gt; Developer together.</param>
/// <param name="text">Texts of the pages.</param>
[Authorize(Policies.Admin)]
[Route("settings/developer/webhooks")]
[NeverStored]
public sealed class WebhooksController(WebhookService webhooks, WebhookPages pages, DeveloperPage developer, IStringLocalizer<WebhookText> text) : Controller
{
    /// <summary>The address of the form, opened as a page.</summary>
    [HttpGet("")]
    public IActionResult Add(string? teammate) => ToList(teammate);

    /// <summary>Adds an endpoint and shows its secret in this one answer.</summary>
    [HttpPost("")]
    [ConfirmIdentity(typeof(WebhookText), "Add.AfterConfirm")]
    public async Task<IActionResult> Add(string? teammate, string? nonce, WebhookForm form, CancellationToken cancellationToken)
    {
        switch (await webhooks.AddAsync(teammate, form, nonce, User.ToActor(), cancellationToken))
        {
            case AddWebhookOutcome.Added(var added, var secret):
                return await ListAsync(added.TeammateId, list => list with
                {
                    Webhooks = [added, .. list.Webhooks.Where(webhook => webhook.Id != added.Id)],
                    New = new NewWebhookSecretViewModel(secret, added, IsReplacement: false),
                }, cancellationToken);
            case AddWebhookOutcome.Refused(var problems):
                Blame(problems);
                return await ListAsync(teammate, list => list with { Fields = WebhookFields.Of(form), IsRefused = true }, cancellationToken);
            case AddWebhookOutcome.AlreadyAdded(var id):
                return ToWebhook(id, "Flash.AlreadyAdded");
            case AddWebhookOutcome.NoTeammate:
                return NotFound();
            case AddWebhookOutcome.TooMany:
                TempData["flash"] = text["Flash.TooMany", WebhookEndpoint.MostPerTeammate].Value;
                return ToList(teammate);
            default:
                TempData["flash"] = text["Flash.FormExpired"].Value;
                return ToList(teammate);
        }
    }

    /// <summary>The page of an endpoint.</summary>
    [HttpGet("{id}")]
    public async Task<IActionResult> Webhook([FromRoute] string id, DeliveryState? state, string? after, string? test, CancellationToken cancellationToken)
    {
        // A state that is none shows all.
        var place = new WebhookPlace(state is { } one && Enum.IsDefined(one) ? one : null, after, test);
        return await pages.BuildAsync(id, place, cancellationToken) is { } page ? View(page) : NotFound();
    }

    /// <summary>The form that changes an endpoint.</summary>
    [HttpGet("{id}/edit")]
    public async Task<IActionResult> Edit([FromRoute] string id, CancellationToken cancellationToken) =>
        await pages.FindAsync(id, cancellationToken) is { } webhook ? View("EditWebhook", new EditWebhookViewModel(webhook, WebhookFields.Of(webhook))) : NotFound();

    /// <summary>Changes an endpoint.</summary>
    [HttpPost("{id}/edit")]
    public async Task<IActionResult> Edit([FromRoute] string id, WebhookForm form, CancellationToken cancellationToken)
    {
        if (await webhooks.EditAsync(id, form, User.ToActor(), cancellationToken) is not ChangeWebhookOutcome.Refused(var problems))
            return await ToWebhookAsync(id, "Flash.Changed", cancellationToken);
        Blame(problems);
        return await pages.FindAsync(id, cancellationToken) is { } webhook ? View("EditWebhook", new EditWebhookViewModel(webhook, WebhookFields.Of(form))) : NotFound();
    }

    /// <summary>Makes a new secret and shows it in this one answer.</summary>
    [HttpPost("{id}/secret")]
    [ConfirmIdentity(typeof(WebhookText), "Secret.AfterConfirm")]
    public async Task<IActionResult> ReplaceSecret([FromRoute] string id, string? nonce, CancellationToken cancellationToken)
    {
        switch (await webhooks.ReplaceSecretAsync(id, nonce, User.ToActor(), cancellationToken))
        {
            case ReplaceSecretOutcome.Replaced(var webhook, var secret) when await pages.BuildAsync(id, WebhookPlace.First, cancellationToken) is { } page:
                return View(nameof(Webhook), page with { New = new NewWebhookSecretViewModel(secret, webhook, IsReplacement: true) });
            case ReplaceSecretOutcome.AlreadyReplaced:
                return ToWebhook(id, "Flash.AlreadyReplaced");
            case ReplaceSecretOutcome.BadForm:
                return await ToWebhookAsync(id, "Flash.FormExpired", cancellationToken);
            default:
                return NotFound();
        }
    }

    /// <summary>Pauses.</summary>
    [HttpPost("{id}/pause")]
    public async Task<IActionResult> Pause([FromRoute] string id, CancellationToken cancellationToken) =>
        await webhooks.PauseAsync(id, User.ToActor(), cancellationToken) is ChangeWebhookOutcome.Done ? ToWebhook(id, "Flash.Paused") : NotFound();

    /// <summary>Resumes, whoever had stopped it.</summary>
    [HttpPost("{id}/resume")]
    public async Task<IActionResult> Resume([FromRoute] string id, CancellationToken cancellationToken) =>
        await webhooks.ResumeAsync(id, User.ToActor(), cancellationToken) is ChangeWebhookOutcome.Done ? ToWebhook(id, "Flash.Resumed") : NotFound();

    /// <summary>The addresses of the forms, opened as pages.</summary>
    [HttpGet("{id}/secret")]
    [HttpGet("{id}/pause")]
    [HttpGet("{id}/resume")]
    public IActionResult Back([FromRoute] string id) => RedirectToAction(nameof(Webhook), new { id });

    /// <summary>Asks before an endpoint is removed; the page's script shows this in a dialog.</summary>
    [HttpGet("{id}/remove")]
    public async Task<IActionResult> Remove([FromRoute] string id, CancellationToken cancellationToken) =>
        await pages.FindAsync(id, cancellationToken) is { } webhook ? View("RemoveWebhook", webhook) : NotFound();

    /// <summary>Removes an endpoint for good.</summary>
    [HttpPost("{id}/remove")]
    [ActionName(nameof(Remove))]
    public async Task<IActionResult> RemoveForGood([FromRoute] string id, CancellationToken cancellationToken)
    {
        if (await pages.FindAsync(id, cancellationToken) is not { } webhook || !await webhooks.RemoveAsync(id, User.ToActor(), cancellationToken))
            return NotFound();
        TempData["flash"] = text["Flash.Removed", webhook.Name].Value;
        return ToList(webhook.TeammateId);
    }

    private async Task<IActionResult> ListAsync(string? teammate, Func<OutgoingViewModel, OutgoingViewModel> with, CancellationToken cancellationToken)
    {
        var page = await developer.BuildAsync(User, teammate, DeveloperPage.Place.First, cancellationToken);
        return page.Outgoing is { } list ? View("Index", page with { Outgoing = with(list) }) : NotFound();
    }

    private void Blame(IReadOnlyDictionary<string, WebhookProblem> problems)
    {
        foreach (var (field, problem) in problems)
            ModelState.AddModelError(field, text[$"Problem.{problem}", PublicAddressReader.LongestAddress, WebhookEndpoint.LongestNote].Value);
        Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    private async Task<IActionResult> ToWebhookAsync(string id, string sentence, CancellationToken cancellationToken) =>
        await pages.FindAsync(id, cancellationToken) is null ? NotFound() : ToWebhook(id, sentence);

    private RedirectToActionResult ToWebhook(string id, string sentence)
    {
        TempData["flash"] = text[sentence].Value;
        return RedirectToAction(nameof(Webhook), new { id });
    }

    private RedirectResult ToList(string? teammate) => Redirect($"/settings/developer?teammate={Uri.EscapeDataString(teammate ?? "")}#webhooks");
}
