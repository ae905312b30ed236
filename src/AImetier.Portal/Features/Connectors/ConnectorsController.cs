using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace AImetier.Portal.Features.Connectors;

/// <summary>The page where the business's own mail server is connected, tested and disconnected.</summary>
/// <param name="connectors">Does it.</param>
/// <param name="profile">The reader's own address.</param>
/// <param name="confirmed">Opens what was sealed while the reader proved who they are.</param>
/// <param name="text">Texts of the page.</param>
[Authorize(Policies.Admin)]
[Route("connectors")]
public sealed class ConnectorsController(
    ConnectorService connectors, ProfileService profile, ConfirmTarget confirmed, IStringLocalizer<ConnectorText> text) : Controller
{
    /// <summary>The page.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var status = await connectors.GetAsync(cancellationToken);
        return await PageAsync(status, EmailForm.Of(status.Connector), failedTest: null, cancellationToken);
    }

    /// <summary>The addresses of the forms, opened as pages.</summary>
    [HttpGet("email")]
    [HttpGet("email/test")]
    public IActionResult Back() => RedirectToAction(nameof(Index));

    /// <summary>Connects or changes the mail server.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("email")]
    [ConfirmIdentity(typeof(ConnectorText), "Form.AfterConfirm", Sealed = nameof(EmailForm.Password))]
    public async Task<IActionResult> Save([FromForm] EmailForm form, CancellationToken cancellationToken)
    {
        form.Password ??= confirmed.Unseal(SignedInPerson.SessionOf(User), form.PasswordSealed);
        if (await connectors.SaveAsync(User.ToActor(), form, cancellationToken) is ConnectOutcome.Refused(var problems))
        {
            foreach (var (field, problem) in problems)
                ModelState.AddModelError(field, text[$"Problem.{problem}"].Value);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await PageAsync(await connectors.GetAsync(cancellationToken), form, failedTest: null, cancellationToken);
        }

        TempData["flash"] = text["Flash.Saved"].Value;
        return RedirectToAction(nameof(Index));
    }

    /// <summary>Sends a test to the reader.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    [HttpPost("email/test")]
    public async Task<IActionResult> Test(CancellationToken cancellationToken)
    {
        var to = await OwnAddressAsync(cancellationToken);
        switch (await connectors.TestAsync(User.ToActor(), to, text["Test.Subject"].Value, text["Test.Body"].Value, cancellationToken))
        {
            case SendOutcome.Sent:
                TempData["flash"] = text["Flash.Tested", to].Value;
                return RedirectToAction(nameof(Index));
            case SendOutcome.NotConnected:
                return RedirectToAction(nameof(Index));
            case var failed:
                var status = await connectors.GetAsync(cancellationToken);
                return await PageAsync(status, EmailForm.Of(status.Connector), failed, cancellationToken);
        }
    }

    /// <summary>Says what a disconnected mail server means, and asks.</summary>
    /// <param name="cancellationToken">Stops the read.</param>
    [HttpGet("email/disconnect")]
    public async Task<IActionResult> Disconnect(CancellationToken cancellationToken) =>
        await connectors.GetAsync(cancellationToken) is { Connector: { } connector } ? View(connector) : RedirectToAction(nameof(Index));

    /// <summary>Disconnects the mail server.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    [HttpPost("email/disconnect")]
    [ActionName(nameof(Disconnect))]
    public async Task<IActionResult> DisconnectForGood(CancellationToken cancellationToken)
    {
        if (await connectors.DisconnectAsync(User.ToActor(), cancellationToken))
            TempData["flash"] = text["Flash.Disconnected"].Value;
        return RedirectToAction(nameof(Index));
    }

    private async Task<IActionResult> PageAsync(EmailStatus status, EmailForm form, SendOutcome? failedTest, CancellationToken cancellationToken) =>
        View("Connectors", new ConnectorsPage(status, form, await OwnAddressAsync(cancellationToken), failedTest));

    private async Task<string> OwnAddressAsync(CancellationToken cancellationToken) =>
        (await profile.GetAsync(User.ToActor(), cancellationToken)).Email!;
}
