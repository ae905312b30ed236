namespace AImetier.Portal.Features.Webhooks;

/// <summary>A delivery in answers of the API: one event for one endpoint, without what was sent.</summary>
/// <param name="Id"><c>dl_…</c>.</param>
/// <param name="WebhookId">Its endpoint.</param>
/// <param name="EventId">The event, which is the <c>webhook-id</c> of every attempt.</param>
/// <param name="EventType">Type of the event.</param>
/// <param name="State">How far it is.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="Attempts">Attempts made.</param>
/// <param name="LastAttemptAt">When the last one began, UTC, or null.</param>
/// <param name="LastStatus">HTTP status of its answer, or null.</param>
/// <param name="LastFailure">Why it did not succeed, or null.</param>
/// <param name="LastMilliseconds">How long it took, in milliseconds, or null.</param>
/// <param name="NextAttemptAt">When the next is due while the endpoint is on, UTC, or null.</param>
public sealed record DeliveryJson(
    string Id,
    string WebhookId,
    string EventId,
    string EventType,
    string State,
    DateTime CreatedAt,
    int Attempts,
    DateTime? LastAttemptAt,
    int? LastStatus,
    string? LastFailure,
    int? LastMilliseconds,
    DateTime? NextAttemptAt)
{
    /// <summary>A delivery as the API shows it.</summary>
    /// <param name="delivery">As lists show it.</param>
    public static DeliveryJson Of(DeliverySummary delivery) => new(
        delivery.Id,
        delivery.WebhookId,
        delivery.EventId,
        delivery.EventType,
        NameOf(delivery.State),
        delivery.CreatedAt.UtcDateTime,
        delivery.Attempts,
        delivery.LastAttemptAt?.UtcDateTime,
        delivery.LastStatus,
        delivery.LastFailure is { } failure ? NameOf(failure) : null,
        delivery.LastMilliseconds,
        delivery.NextAttemptAt?.UtcDateTime);

    /// <summary>The API's word for a state.</summary>
    /// <param name="state">The state.</param>
    public static string NameOf(DeliveryState state) => state.ToString().ToLowerInvariant();

    /// <summary>The API's word for a failure.</summary>
    /// <param name="failure">The failure.</param>
    public static string NameOf(AttemptFailure failure) => failure switch
    {
        AttemptFailure.Status => "status",
        AttemptFailure.Timeout => "timeout",
        AttemptFailure.UnknownHost => "unknown_host",
        AttemptFailure.Connection => "connection",
        AttemptFailure.Tls => "tls",
        AttemptFailure.Refused => "address_refused",
        AttemptFailure.BadAnswer => "bad_answer",
        _ => "secret_lost",
    };

    /// <summary>The state for the API's word, or null.</summary>
    /// <param name="name">From outside.</param>
    public static DeliveryState? StateOf(string name) =>
        Enum.GetValues<DeliveryState>().Where(state => NameOf(state) == name).Select(state => (DeliveryState?)state).FirstOrDefault();
}
