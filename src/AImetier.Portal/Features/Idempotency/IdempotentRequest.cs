using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Idempotency;

/// <summary>A request that its sender may repeat: what it was, and what came of it. Stored in the transaction that stores what came of it.</summary>
public sealed class IdempotentRequest : IWorkspaceOwned
{
    /// <summary>Most characters of a key.</summary>
    public const int LongestKey = 255;

    /// <summary>How long a request is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>The teammate in the path, so that it survives a change of the API token.</summary>
    public required string TeammateId { get; init; }

    /// <summary>The operation, for example <c>messages</c>, or the id of a hook.</summary>
    public required string Operation { get; init; }

    /// <summary>The <c>Idempotency-Key</c>, or what stands for it; 1 to 255 visible characters.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the body, 64 hexadecimal characters.</summary>
    public required string Digest { get; init; }

    /// <summary>Id of what came of it: the reply.</summary>
    public required string ResultId { get; init; }

    /// <summary>When it was first sent.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<IdempotentRequest>
    {
        public void Configure(EntityTypeBuilder<IdempotentRequest> builder)
        {
            builder.ToTable("IdempotentRequests");
            builder.HasKey(row => new { row.TeammateId, row.Operation, row.Key });
            builder.Property(row => row.Operation).HasMaxLength(32);
            builder.Property(row => row.Key).HasMaxLength(LongestKey);
            builder.Property(row => row.Digest).HasMaxLength(64);
            builder.HasIndex(row => row.CreatedAt);
        }
    }
}
