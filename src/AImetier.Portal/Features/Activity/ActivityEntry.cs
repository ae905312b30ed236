using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Activity;

/// <summary>One line of the activity log. It never holds a secret and is never changed.</summary>
public sealed class ActivityEntry : IWorkspaceOwned
{
    /// <summary>Position in the log, counted by the database.</summary>
    public long Id { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required ActivityAction Action { get; init; }

    /// <summary>Kind of who did it.</summary>
    public required ActorKind ActorKind { get; init; }

    /// <summary>Id of who did it; empty for the system.</summary>
    public required string ActorId { get; init; }

    /// <summary>Name of who did it, at that moment.</summary>
    public required string ActorName { get; init; }

    /// <summary>Id of what it was done to, or null.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Name of what it was done to, at that moment, or null.</summary>
    public string? SubjectName { get; init; }

    /// <summary>The teammate concerned, or null.</summary>
    public string? TeammateId { get; init; }

    /// <summary>A short fact, such as the former name or a count; or null. At most 200 characters.</summary>
    public string? Detail { get; init; }

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<ActivityEntry>
    {
        public void Configure(EntityTypeBuilder<ActivityEntry> builder)
        {
            builder.ToTable("ActivityEntries");
            builder.Property(entry => entry.Detail).HasMaxLength(200);
            builder.HasIndex(entry => new { entry.WorkspaceId, entry.Id });
            builder.HasIndex(entry => new { entry.WorkspaceId, entry.Action, entry.Id });
        }
    }
}
