namespace AImetier.Portal.Features.Webhooks;

/// <summary>An endpoint as lists show it. Nothing of its secret.</summary>
/// <param name="Id"><c>we_…</c>.</param>
/// <param name="TeammateId">The teammate whose events are sent.</param>
/// <param name="Url">Address of the receiver. It may hold what only admins should see.</param>
/// <param name="Host">Its host alone.</param>
/// <param name="Events">Chosen types, in the order of <see cref="WebhookEvents.All"/>.</param>
/// <param name="Note">What people call it, or null.</param>
/// <param name="State">How it stands.</param>
/// <param name="DisabledReason">Why the Portal switched it off, or null.</param>
/// <param name="StoppedAt">Since when it is paused or switched off, or null.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="CreatedByName">Who added it, by the name at the time.</param>
/// <param name="LastSuccessAt">When it last took an event, or null.</param>
/// <param name="FailingSince">First failed attempt since then, or null.</param>
/// <param name="Failures">Failed attempts since then.</param>
/// <param name="BothSecretsUntil">Until when the secret before signs along, or null.</param>
/// <param name="Waiting">Deliveries that wait for an attempt, at most <see cref="MostCounted"/>.</param>
/// <param name="Undelivered">Deliveries that can be resent, at most <see cref="MostCounted"/>.</param>
public sealed record WebhookSummary(
    string Id,
    string TeammateId,
    string Url,
    string Host,
    IReadOnlyList<string> Events,
    string? Note,
    WebhookState State,
    DisabledReason? DisabledReason,
    DateTimeOffset? StoppedAt,
    DateTimeOffset CreatedAt,
    string CreatedByName,
    DateTimeOffset? LastSuccessAt,
    DateTimeOffset? FailingSince,
    int Failures,
    DateTimeOffset? BothSecretsUntil,
    int Waiting,
    int Undelivered)
{
    /// <summary>Counts stop here.</summary>
    public const int MostCounted = 1000;

    /// <summary>What people call it: its note, or its host.</summary>
    public string Name => Note ?? Host;
}
