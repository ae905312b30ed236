using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>A person's wish to resend everything that was not delivered since a time; any process works on it, a part at a time.</summary>
public sealed class WebhookResend : IWorkspaceOwned
{
    /// <summary><c>rs_…</c>.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>The endpoint.</summary>
    public required string EndpointId { get; init; }

    /// <summary>Deliveries made since then.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was asked for; deliveries made later are left alone.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>How many there were to resend when it was asked for.</summary>
    public required int Total { get; init; }

    /// <summary>How many have been put back into the queue.</summary>
    public int Queued { get; set; }

    /// <summary>When the last was put back, or null while there are more.</summary>
    public DateTimeOffset? QueuedAt { get; set; }

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<WebhookResend>
    {
        public void Configure(EntityTypeBuilder<WebhookResend> builder)
        {
            builder.ToTable("WebhookResends");
            builder.HasIndex(resend => resend.RequestedAt).HasFilter("\"QueuedAt\" IS NULL");
            builder.HasIndex(resend => new { resend.EndpointId, resend.RequestedAt });
            builder.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(resend => resend.EndpointId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
