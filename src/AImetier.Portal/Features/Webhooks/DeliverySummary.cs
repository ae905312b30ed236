namespace AImetier.Portal.Features.Webhooks;

/// <summary>A delivery as lists show it.</summary>
/// <param name="Id"><c>dl_…</c>.</param>
/// <param name="WebhookId">Its endpoint.</param>
/// <param name="EventId"><c>evt_…</c>, the <c>webhook-id</c> of every attempt.</param>
/// <param name="EventType">Type of the event; <see cref="WebhookEvents.Ping"/> for a test.</param>
/// <param name="State">How far it is.</param>
/// <param name="IsSending">Whether an attempt is being made right now.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Attempts">Attempts made.</param>
/// <param name="LastAttemptAt">When the last one began, or null.</param>
/// <param name="LastStatus">Status of its answer, or null.</param>
/// <param name="LastFailure">Why it did not succeed, or null.</param>
/// <param name="LastMilliseconds">How long it took, or null.</param>
/// <param name="NextAttemptAt">When the next is due while its endpoint is neither paused nor switched off; null when none is planned or one is being made.</param>
public sealed record DeliverySummary(
    string Id,
    string WebhookId,
    string EventId,
    string EventType,
    DeliveryState State,
    bool IsSending,
    DateTimeOffset CreatedAt,
    int Attempts,
    DateTimeOffset? LastAttemptAt,
    int? LastStatus,
    AttemptFailure? LastFailure,
    int? LastMilliseconds,
    DateTimeOffset? NextAttemptAt)
{
    /// <summary>What lists show of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="now">The time of the look.</param>
    public static DeliverySummary Of(WebhookDelivery row, DateTimeOffset now)
    {
        var sending = row.ClaimId is not null && row.DueAt > now;
        return new DeliverySummary(
            row.Id,
            row.EndpointId,
            row.EventId,
            row.EventType,
            row.State,
            sending,
            row.CreatedAt,
            row.Attempts,
            row.LastAttemptAt,
            row.LastStatus,
            row.LastFailure,
            row.LastMilliseconds,
            row.State == DeliveryState.Pending && !sending ? Later(row.DueAt, row.CreatedAt) : null);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
