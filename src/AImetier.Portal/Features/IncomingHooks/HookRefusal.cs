using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>How often, and when last, a hook refused something for one reason. One row for each reason, so that no sender can fill the database.</summary>
public sealed class HookRefusal : IWorkspaceOwned
{
    /// <summary>How long after the last refusal a reason is remembered.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>The hook.</summary>
    public required string HookId { get; init; }

    /// <summary>Why.</summary>
    public required HookRefusalReason Reason { get; init; }

    /// <summary>How often, since it was last forgotten.</summary>
    public int Count { get; private set; }

    /// <summary>When last.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Counts on; what is older than <see cref="Lifetime"/> is forgotten.</summary>
    /// <param name="count">How many more.</param>
    /// <param name="at">When the last of them was.</param>
    internal void Add(int count, DateTimeOffset at)
    {
        Count = (at - LastAt > Lifetime ? 0 : Count) + count;
        if (at > LastAt)
            LastAt = at;
    }

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<HookRefusal>
    {
        public void Configure(EntityTypeBuilder<HookRefusal> builder)
        {
            builder.ToTable("HookRefusals");
            builder.HasKey(refusal => new { refusal.HookId, refusal.Reason });
            builder.HasOne<IncomingHook>().WithMany().HasForeignKey(refusal => refusal.HookId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
