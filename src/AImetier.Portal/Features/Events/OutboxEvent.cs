using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Events;

/// <summary>Something that happened to a teammate, stored in the transaction of its cause for whoever follows.</summary>
public sealed class OutboxEvent : IWorkspaceOwned
{
    /// <summary><c>evt_…</c>; also the <c>webhook-id</c>.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>The teammate whose event it is.</summary>
    public required string TeammateId { get; init; }

    /// <summary>Place in the teammate's events, from 1 without gaps; commit order is this order.</summary>
    public required long Position { get; init; }

    /// <summary>Type, for example <c>token.created</c>.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>JSON object of ids and state; never a secret, never what people wrote.</summary>
    public required string Data { get; init; }

    /// <summary>Whether readers who hold a key may see it: its conversation was begun by software, or it has none.</summary>
    public required bool VisibleToKeys { get; init; }

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<OutboxEvent>
    {
        public void Configure(EntityTypeBuilder<OutboxEvent> builder)
        {
            builder.ToTable("OutboxEvents");
            builder.HasIndex(row => new { row.TeammateId, row.Position }).IsUnique();
        }
    }
}
