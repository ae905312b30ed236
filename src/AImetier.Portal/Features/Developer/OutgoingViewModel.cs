using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Features.Webhooks;

namespace AImetier.Portal.Features.Developer;

/// <summary>Outgoing webhooks of the picked teammate.</summary>
/// <param name="Teammate">The teammate.</param>
/// <param name="Webhooks">Its endpoints; one that was just added comes first.</param>
/// <param name="Nonce">One-use value of the form.</param>
/// <param name="AllowedNetworks">Networks that may be called although they are not public.</param>
/// <param name="AllowsHttp">Whether plain http may be called.</param>
public sealed record OutgoingViewModel(
    Teammate Teammate, IReadOnlyList<WebhookSummary> Webhooks, string Nonce, IReadOnlyList<string> AllowedNetworks, bool AllowsHttp)
{
    /// <summary>What stands in the form.</summary>
    public WebhookFields Fields { get; init; } = WebhookFields.Empty;

    /// <summary>Whether something that was typed was refused.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The secret of the endpoint that was just added, or null.</summary>
    public NewWebhookSecretViewModel? New { get; init; }

    /// <summary>Whether another endpoint may be added.</summary>
    public bool HasRoom => Webhooks.Count < WebhookEndpoint.MostPerTeammate;

    /// <summary>Whether more than public https addresses may be called.</summary>
    public bool IsOpened => AllowsHttp || AllowedNetworks.Count > 0;

    /// <summary>Whether the section is unfolded.</summary>
    public bool IsUnfolded => Webhooks.Count > 0 || IsRefused;
}
