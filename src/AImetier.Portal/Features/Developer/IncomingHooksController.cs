using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Developer;

/// <summary>Incoming addresses: made, tried, changed, paused, resumed and removed.</summary>
/// <param name="hooks">Does it.</param>
/// <param name="approvals">Says no to what a removed one asked for.</param>
/// <param name="pages">Puts the pages together.</param>
/// <param name="confirmed">Opens what was sealed while the reader proved who they are.</param>
/// <param name="text">Texts of the pages.</param>
/// <param name="shared">Texts of names.</param>
[Authorize(Policies.Admin)]
[Route("settings/developer/hooks")]
[NeverStored]
public sealed class IncomingHooksController(
    IncomingHookService hooks,
    ApprovalService approvals,
    HookPages pages,
    ConfirmTarget confirmed,
    IStringLocalizer<IncomingHookText> text,
    IStringLocalizer<SharedText> shared) : Controller
{
    /// <summary>The form of a new hook.</summary>
    [HttpGet("new")]
    public Task<IActionResult> New(string? teammate, CancellationToken cancellationToken) => NewAsync(new HookForm { Teammate = teammate }, cancellationToken);

    /// <summary>The address of the form, opened as a page.</summary>
    [HttpGet("")]
    public IActionResult Index(string? teammate) => ToList(teammate);

    /// <summary>Makes a hook, and shows a secret that was made for it in this one answer.</summary>
    [HttpPost("")]
    [ConfirmIdentity(typeof(IncomingHookText), "New.AfterConfirm", Sealed = nameof(HookForm.Secret))]
    public async Task<IActionResult> Make([FromForm] HookForm form, CancellationToken cancellationToken)
    {
        form.Secret ??= confirmed.Unseal(SignedInPerson.SessionOf(User), form.SecretSealed);
        switch (await hooks.MakeAsync(new HookDraft(form.Teammate, form.Name, form.Template, form.Proof, form.Secret, form.Nonce), User.ToActor(), cancellationToken))
        {
            case HookSecretOutcome.Done(var id, var made):
                return made is null ? ToHook(id, "Flash.Made") : await HookAsync(id, cancellationToken, made: made);
            case HookSecretOutcome.AlreadyDone(var id):
                return ToHook(id, "Flash.AlreadyMade");
            case HookSecretOutcome.Invalid(var profile, var badSecret):
                Blame(profile!);
                BlameSecret(badSecret, form.Proof!);
                Response.StatusCode = StatusCodes.Status400BadRequest;
                return await NewAsync(form, cancellationToken);
            case HookSecretOutcome.TooMany:
                TempData["flash"] = text["Flash.TooMany", IncomingHook.MostOfTeammate].Value;
                return ToList(form.Teammate);
            case HookSecretOutcome.NotFound:
                return NotFound();
            default:
                TempData["flash"] = text["Flash.FormExpired"].Value;
                return ToList(form.Teammate);
        }
    }

    /// <summary>The page of a hook.</summary>
    [HttpGet("{id}")]
    public Task<IActionResult> Hook([FromRoute] string id, CancellationToken cancellationToken) => HookAsync(id, cancellationToken);

    /// <summary>Changes name and template.</summary>
    [HttpPost("{id}")]
    public async Task<IActionResult> Change([FromRoute] string id, [FromForm] HookForm form, CancellationToken cancellationToken)
    {
        if (await hooks.ChangeAsync(id, form.Name, form.Template, User.ToActor(), cancellationToken) is not { } profile)
            return NotFound();
        if (profile.IsGood)
            return ToHook(id, "Flash.Changed");
        Blame(profile);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return await HookAsync(id, cancellationToken, form);
    }

    /// <summary>Shows what the teammate would be asked, with the template as it is typed. Nothing is stored, nothing is asked.</summary>
    [HttpPost("{id}/try")]
    public async Task<IActionResult> Try([FromRoute] string id, [FromForm] HookForm form, CancellationToken cancellationToken)
    {
        var check = HookTemplate.Parse(form.Template);
        if (check is TemplateCheck.Good(var template))
            return await HookAsync(id, cancellationToken, form, tried: HookPages.Try(template, form));
        ModelState.AddModelError(nameof(HookForm.Template), text.Describe(check)!);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return await HookAsync(id, cancellationToken, form);
    }

    /// <summary>Replaces the secret, and shows one that was made in this one answer.</summary>
    [HttpPost("{id}/secret")]
    [ConfirmIdentity(typeof(IncomingHookText), "Secret.AfterConfirm", Sealed = nameof(HookForm.Secret))]
    public async Task<IActionResult> ReplaceSecret([FromRoute] string id, [FromForm] HookForm form, CancellationToken cancellationToken)
    {
        form.Secret ??= confirmed.Unseal(SignedInPerson.SessionOf(User), form.SecretSealed);
        switch (await hooks.ReplaceSecretAsync(id, form.Secret, form.Nonce, User.ToActor(), cancellationToken))
        {
            case HookSecretOutcome.Done(_, var made):
                return made is null ? ToHook(id, "Flash.SecretReplaced") : await HookAsync(id, cancellationToken, made: made);
            case HookSecretOutcome.AlreadyDone:
                return ToHook(id, "Flash.AlreadyReplaced");
            case HookSecretOutcome.Invalid when await pages.BuildAsync(User, id, AddressOf, cancellationToken) is { } page:
                BlameSecret(true, page.Hook.Proof.ToString());
                Response.StatusCode = StatusCodes.Status400BadRequest;
                return View(nameof(Hook), page);
            case HookSecretOutcome.BadForm:
                return ToHook(id, "Flash.FormExpired");
            default:
                return NotFound();
        }
    }

    /// <summary>Pauses.</summary>
    [HttpPost("{id}/pause")]
    public async Task<IActionResult> Pause([FromRoute] string id, CancellationToken cancellationToken) =>
        await hooks.PauseAsync(id, User.ToActor(), cancellationToken) is null ? NotFound() : ToHook(id, "Flash.Paused");

    /// <summary>Resumes.</summary>
    [HttpPost("{id}/resume")]
    public async Task<IActionResult> Resume([FromRoute] string id, CancellationToken cancellationToken) =>
        await hooks.ResumeAsync(id, User.ToActor(), cancellationToken) is null ? NotFound() : ToHook(id, "Flash.Resumed");

    /// <summary>The addresses of the forms, opened as pages.</summary>
    [HttpGet("{id}/try")]
    [HttpGet("{id}/secret")]
    [HttpGet("{id}/pause")]
    [HttpGet("{id}/resume")]
    public IActionResult Back([FromRoute] string id) => RedirectToAction(nameof(Hook), new { id });

    /// <summary>Asks before a hook is removed; the page's script shows this in a dialog.</summary>
    [HttpGet("{id}/remove")]
    public async Task<IActionResult> Remove([FromRoute] string id, CancellationToken cancellationToken) =>
        await pages.RemoveAsync(id, cancellationToken) is { } page ? View("RemoveHook", page) : NotFound();

    /// <summary>Removes a hook for good and, where that was chosen, says no to what it asked for and still waits.</summary>
    [HttpPost("{id}/remove")]
    [ActionName(nameof(Remove))]
    public async Task<IActionResult> RemoveForGood([FromRoute] string id, [FromForm] bool decline, CancellationToken cancellationToken)
    {
        if (await hooks.RemoveAsync(id, User.ToActor(), cancellationToken) is not { } hook)
            return NotFound();
        var declined = decline ? await approvals.DeclineOfHookAsync(hook.Id, User.ToActor(), cancellationToken) : 0;
        TempData["flash"] = declined > 0 ? text.Plural("Flash.RemovedDeclined", declined, hook.Name) : text["Flash.Removed", hook.Name].Value;
        return ToList(hook.TeammateId);
    }

    private async Task<IActionResult> NewAsync(HookForm form, CancellationToken cancellationToken) =>
        await pages.NewAsync(form, cancellationToken) is { } page ? View("NewHook", page) : NotFound();

    private async Task<IActionResult> HookAsync(
        string id, CancellationToken cancellationToken, HookForm? form = null, HookQuestion? tried = null, WebhookSecret? made = null) =>
        await pages.BuildAsync(User, id, AddressOf, cancellationToken, form, made) is { } page ? View(nameof(Hook), page with { Tried = tried }) : NotFound();

    private void Blame(HookProfile profile)
    {
        if (shared.Describe(profile.Name, IncomingHook.LongestName) is { } name)
            ModelState.AddModelError(nameof(HookForm.Name), name);
        if (text.Describe(profile.Template) is { } template)
            ModelState.AddModelError(nameof(HookForm.Template), template);
    }

    private void BlameSecret(bool bad, string proof)
    {
        if (bad)
            ModelState.AddModelError(nameof(HookForm.Secret), text[$"BadSecret.{proof}", HookSecrets.ShortestText, WebhookSecret.LongestText].Value);
    }

    private RedirectToActionResult ToHook(string id, string sentence)
    {
        TempData["flash"] = text[sentence].Value;
        return RedirectToAction(nameof(Hook), new { id });
    }

    private RedirectResult ToList(string? teammate) => Redirect($"/settings/developer?teammate={Uri.EscapeDataString(teammate ?? "")}#incoming");

    private string AddressOf(string path) => Request.PublicAddress(path);
}
