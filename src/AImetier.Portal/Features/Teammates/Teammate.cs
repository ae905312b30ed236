using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Teammates;

/// <summary>An AI colleague the workspace has hired.</summary>
public sealed class Teammate : IWorkspaceOwned
{
    /// <summary><c>tm_…</c>.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>Name, 1 to 40 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Role, for example "Marketing", 1 to 60 characters.</summary>
    public required string Role { get; set; }

    /// <summary>What the teammate should know and keep to, up to 8,000 characters.</summary>
    public required string Instructions { get; set; }

    /// <summary>When the teammate was hired.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when asks are refused, or null.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>When the teammate was removed, or null.</summary>
    public DateTimeOffset? RemovedAt { get; private set; }

    /// <summary>Refuses asks until <see cref="Resume"/>.</summary>
    /// <param name="at">Now.</param>
    public void Pause(DateTimeOffset at) => PausedAt ??= at;

    /// <summary>Accepts asks again.</summary>
    public void Resume() => PausedAt = null;

    /// <summary>Ends the teammate for good.</summary>
    /// <param name="at">Now.</param>
    public void Remove(DateTimeOffset at) => RemovedAt ??= at;

    /// <summary>How the row is stored. ApiTokens reads columns of this table by name.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<Teammate>
    {
        public void Configure(EntityTypeBuilder<Teammate> builder)
        {
            builder.ToTable("Teammates");
            builder.Property(teammate => teammate.Name).HasMaxLength(40);
            builder.Property(teammate => teammate.Role).HasMaxLength(60);
            builder.Property(teammate => teammate.Instructions).HasMaxLength(8000);
            builder.HasIndex(teammate => new { teammate.WorkspaceId, teammate.CreatedAt });
            builder.HasOne<Accounts.Workspace>().WithMany().HasForeignKey(teammate => teammate.WorkspaceId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
