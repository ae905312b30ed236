using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>One event for one endpoint, from the moment it happened until 30 days later.</summary>
public sealed class WebhookDelivery : IWorkspaceOwned
{
    /// <summary>Due even for an endpoint that is paused or switched off: zero ticks, which <see cref="DeliveryStore"/> names in SQL.</summary>
    public static readonly DateTimeOffset DueAlways = DateTimeOffset.MinValue;

    /// <summary>How long deliveries are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary><c>dl_…</c>.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>The endpoint.</summary>
    public required string EndpointId { get; init; }

    /// <summary>The event, which is also the <c>webhook-id</c> of every attempt.</summary>
    public required string EventId { get; init; }

    /// <summary>Type of the event.</summary>
    public required string EventType { get; init; }

    /// <summary>JSON text whose UTF-8 bytes are signed and sent, the same on every attempt.</summary>
    public required string Body { get; init; }

    /// <summary>When it was made. Deliveries made together differ by a tick, so that lists keep the order of the events.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How far it is.</summary>
    public required DeliveryState State { get; set; }

    /// <summary>
    /// While pending: when the next attempt is due, or <see cref="DueAlways"/>; while one is being made: when whoever makes it counts as dead.
    /// </summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>When <see cref="DueAt"/> was set; later than now shows that the clock was set back.</summary>
    public required DateTimeOffset PlannedAt { get; set; }

    /// <summary>The claim under which an attempt is being made, or null. Only its holder stores how it ended.</summary>
    public string? ClaimId { get; set; }

    /// <summary>Attempts made in all.</summary>
    public int Attempts { get; private set; }

    /// <summary>Attempts made since it was made or last resent: they decide about the next one.</summary>
    public int Tries { get; set; }

    /// <summary>When the last attempt began, or null.</summary>
    public DateTimeOffset? LastAttemptAt { get; private set; }

    /// <summary>Status of its answer, or null.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>Why it did not succeed, or null.</summary>
    public AttemptFailure? LastFailure { get; private set; }

    /// <summary>How long it took, in milliseconds, or null.</summary>
    public int? LastMilliseconds { get; private set; }

    /// <summary>The resending of many that it last belonged to, or null.</summary>
    public string? ResendId { get; set; }

    /// <summary>A new delivery, due at once; kept when its endpoint is switched off.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="eventType">Its type.</param>
    /// <param name="body">JSON text.</param>
    /// <param name="at">Now.</param>
    internal static WebhookDelivery Of(WebhookEndpoint endpoint, string eventId, string eventType, string body, DateTimeOffset at) => new()
    {
        Id = EntityId.New("dl"),
        WorkspaceId = endpoint.WorkspaceId,
        EndpointId = endpoint.Id,
        EventId = eventId,
        EventType = eventType,
        Body = body,
        CreatedAt = at,
        State = endpoint.DisabledAt is null ? DeliveryState.Pending : DeliveryState.Kept,
        DueAt = at,
        PlannedAt = at,
    };

    /// <summary>How the row is stored. <see cref="DeliveryStore"/> and <see cref="DeliveryPlan"/> name this table and its columns.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<WebhookDelivery>
    {
        public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
        {
            builder.ToTable("WebhookDeliveries");
            builder.HasIndex(delivery => new { delivery.EndpointId, delivery.State, delivery.CreatedAt, delivery.Id });
            builder.HasIndex(delivery => new { delivery.EndpointId, delivery.DueAt }).HasFilter("\"State\" = 0");
            builder.HasIndex(delivery => new { delivery.ResendId, delivery.State }).HasFilter("\"ResendId\" IS NOT NULL");
            builder.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(delivery => delivery.EndpointId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
