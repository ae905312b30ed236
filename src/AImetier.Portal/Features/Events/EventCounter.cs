using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Events;

/// <summary>Last position given to an event of a teammate; taken with one UPDATE, which also orders concurrent causes.</summary>
public sealed class EventCounter
{
    /// <summary>The teammate.</summary>
    public required string TeammateId { get; init; }

    /// <summary>Last position given, from 1.</summary>
    public required long Last { get; init; }

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<EventCounter>
    {
        public void Configure(EntityTypeBuilder<EventCounter> builder)
        {
            builder.ToTable("EventCounters");
            builder.HasKey(row => row.TeammateId);
        }
    }
}
