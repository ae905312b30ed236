using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Webhooks;
using Microsoft.AspNetCore.WebUtilities;

namespace AImetier.Portal.Features.Developer;

/// <summary>What the page of an endpoint shows, from its address.</summary>
/// <param name="State">Only deliveries in this state, or null for all.</param>
/// <param name="After">Where the page of the log begins, or null.</param>
/// <param name="Test">Id of a test event, or null.</param>
public sealed record WebhookPlace(DeliveryState? State, string? After, string? Test)
{
    /// <summary>The newest deliveries in every state.</summary>
    public static readonly WebhookPlace First = new(null, null, null);

    /// <summary>The address that shows this.</summary>
    /// <param name="page">Address of the endpoint's page.</param>
    public string On(string page) => QueryHelpers.AddQueryString(
        page, new Dictionary<string, string?>(StringComparer.Ordinal) { ["state"] = State?.ToString(), ["after"] = After, ["test"] = Test });

    /// <summary>Links to the other pages of the log.</summary>
    /// <param name="page">Address of the endpoint's page.</param>
    /// <param name="next">Where the next page begins, or null.</param>
    public PagerLinks PagerOn(string page, string? next) => new(
        After is null ? null : (this with { After = null, Test = null }).On(page) + "#deliveries",
        next is null ? null : (this with { After = next, Test = null }).On(page) + "#deliveries");
}
