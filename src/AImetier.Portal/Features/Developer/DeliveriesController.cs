using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Developer;

/// <summary>Deliveries of outgoing webhooks: tested, looked at, sent again, and their signatures checked.</summary>
/// <param name="resending">Sends.</param>
/// <param name="pages">Puts the pages together.</param>
/// <param name="text">Texts of the pages.</param>
/// <param name="time">The clock.</param>
[Authorize(Policies.Admin)]
[Route("settings/developer/webhooks")]
[NeverStored]
public sealed class DeliveriesController(WebhookResending resending, WebhookPages pages, IStringLocalizer<WebhookText> text, TimeProvider time) : Controller
{
    /// <summary>Hours back from now that can be chosen for sending again.</summary>
    public static readonly IReadOnlyList<int> Hours = [1, 24, 7 * 24, 30 * 24];

    /// <summary>A delivery with its attempts.</summary>
    [HttpGet("deliveries/{id}")]
    public async Task<IActionResult> Delivery([FromRoute] string id, CancellationToken cancellationToken) =>
        await pages.DeliveryAsync(id, cancellationToken) is { } page ? View(page) : NotFound();

    /// <summary>Sends a delivery again.</summary>
    [HttpPost("deliveries/{id}/resend")]
    public async Task<IActionResult> Resend([FromRoute] string id, CancellationToken cancellationToken) =>
        await resending.ResendAsync(id, User.ToActor(), cancellationToken) switch
        {
            ResendOutcome.Queued => ToDelivery(id, "Flash.Resent"),
            ResendOutcome.BeingSent => ToDelivery(id, "Flash.BeingSent"),
            ResendOutcome.Disabled => ToDelivery(id, "Flash.ResumeFirst"),
            _ => NotFound(),
        };

    /// <summary>The address of the form, opened as a page.</summary>
    [HttpGet("deliveries/{id}/resend")]
    public IActionResult BackToDelivery([FromRoute] string id) => RedirectToAction(nameof(Delivery), new { id });

    /// <summary>Sends a test event; the page then says how it went.</summary>
    [HttpPost("{id}/test")]
    public async Task<IActionResult> Test([FromRoute] string id, CancellationToken cancellationToken) =>
        await resending.TestAsync(id, User.ToActor(), cancellationToken) is { } delivery ? ToWebhook(id, $"?test={delivery}#test") : NotFound();

    /// <summary>Sends everything again that was not delivered since so many hours; the page then says how far it is.</summary>
    [HttpPost("{id}/resend")]
    public async Task<IActionResult> ResendSince([FromRoute] string id, int hours, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - TimeSpan.FromHours(Hours.Contains(hours) ? hours : Hours[^1]);
        switch (await resending.ResendSinceAsync(id, since, User.ToActor(), cancellationToken))
        {
            case ResendSinceOutcome.Started or ResendSinceOutcome.Running:
                return ToWebhook(id, "#resending");
            case ResendSinceOutcome.Nothing:
                TempData["flash"] = text["Flash.NothingToResend"].Value;
                return ToWebhook(id, "");
            case ResendSinceOutcome.Disabled:
                TempData["flash"] = text["Flash.ResumeFirst"].Value;
                return ToWebhook(id, "");
            default:
                return NotFound();
        }
    }

    /// <summary>Says what is right or wrong with what a receiver got. Nothing of it is kept.</summary>
    [HttpPost("{id}/check")]
    public async Task<IActionResult> Check([FromRoute] string id, SignatureForm form, [FromServices] SignatureInspector inspector, CancellationToken cancellationToken)
    {
        if (await pages.BuildAsync(id, WebhookPlace.First, cancellationToken) is not { } page)
            return NotFound();

        // The secret is read here, once: the page that answers never holds it.
        page = page with { Pasted = form with { Secret = null } };
        WebhookSecret? secret = null;
        if (!string.IsNullOrWhiteSpace(form.Secret) && !WebhookSecret.TryParse(form.Secret, out secret))
        {
            ModelState.AddModelError(nameof(form.Secret), text["Check.BadSecret"].Value);
            return View(nameof(WebhooksController.Webhook), page);
        }

        var headers = PastedHeaders.Read(form.Headers);
        var pasted = new PastedDelivery(headers.Id, headers.Timestamp, headers.Signature, form.Body ?? "", secret);
        return View(nameof(WebhooksController.Webhook), page with { Finding = await inspector.InspectAsync(id, pasted, cancellationToken) });
    }

    /// <summary>The addresses of the forms, opened as pages.</summary>
    [HttpGet("{id}/test")]
    [HttpGet("{id}/resend")]
    [HttpGet("{id}/check")]
    public IActionResult Back([FromRoute] string id) => ToWebhook(id, "");

    private RedirectToActionResult ToDelivery(string id, string sentence)
    {
        TempData["flash"] = text[sentence].Value;
        return RedirectToAction(nameof(Delivery), new { id });
    }

    private RedirectResult ToWebhook(string id, string rest) => Redirect($"/settings/developer/webhooks/{Uri.EscapeDataString(id)}{rest}");
}
