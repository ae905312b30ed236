using System.Security.Cryptography;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Developer;

/// <summary>Gathers what the pages of outgoing webhooks show.</summary>
/// <param name="log">Reads endpoints and deliveries.</param>
/// <param name="resending">How far resending is.</param>
/// <param name="teammates">Finds their teammates.</param>
/// <param name="guard">Says what may be called.</param>
public sealed class WebhookPages(WebhookLog log, WebhookResending resending, TeammateDirectory teammates, PublicAddressGuard guard)
{
    /// <summary>The list on Settings &gt; Developer.</summary>
    /// <param name="teammate">The picked teammate.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<OutgoingViewModel> ListAsync(Teammate teammate, CancellationToken cancellationToken) =>
        new(teammate, await log.ListAsync(teammate.Id, cancellationToken), Nonce(), guard.AllowedNetworks, guard.AllowsHttp);

    /// <summary>The page of an endpoint, or null when there is none.</summary>
    /// <param name="webhookId">Id from outside.</param>
    /// <param name="place">What it shows.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public async Task<WebhookViewModel?> BuildAsync(string webhookId, WebhookPlace place, CancellationToken cancellationToken)
    {
        if (await log.FindAsync(webhookId, cancellationToken) is not { } webhook || await teammates.FindAsync(webhook.TeammateId, cancellationToken) is not { } teammate)
            return null;
        var test = place.Test is null ? null : (await log.DetailAsync(place.Test, cancellationToken))?.Delivery;
        return new WebhookViewModel(
            webhook,
            teammate,
            await log.PageAsync(webhook.Id, place.State, place.After, cancellationToken),
            place,
            test?.WebhookId == webhook.Id ? test : null,
            await resending.ProgressAsync(webhook.Id, cancellationToken),
            Nonce());
    }

    /// <summary>An endpoint, or null.</summary>
    /// <param name="webhookId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public Task<WebhookSummary?> FindAsync(string webhookId, CancellationToken cancellationToken) => log.FindAsync(webhookId, cancellationToken);

    /// <summary>A delivery, or null.</summary>
    /// <param name="deliveryId">Id from outside.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    public Task<DeliveryDetail?> DeliveryAsync(string deliveryId, CancellationToken cancellationToken) => log.DetailAsync(deliveryId, cancellationToken);

    private static string Nonce() => RandomNumberGenerator.GetString(TokenFormat.Alphabet, 22);
}
