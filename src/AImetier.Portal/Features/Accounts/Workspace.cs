using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Accounts;

/// <summary>One business: its people, teammates, conversations and keys.</summary>
public sealed class Workspace
{
    /// <summary>Most characters of <see cref="Name"/>, as a person counts them.</summary>
    public const int LongestName = 80;

    /// <summary><c>ws_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the business, 1 to 80 characters.</summary>
    public required string Name { get; set; }

    /// <summary>When it was set up.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Language of people who have not chosen one, <c>en</c> or <c>fr</c>; null follows each person's browser.</summary>
    public string? Language { get; set; }

    /// <summary>Zone in which exact times are shown and days begin: an IANA id.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Whether anything that would leave the workspace waits for a person's OK. On by default.</summary>
    public bool AskBeforeSending { get; set; } = true;

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<Workspace>
    {
        public void Configure(EntityTypeBuilder<Workspace> builder)
        {
            builder.ToTable("Workspaces");
            builder.Property(workspace => workspace.Name).HasMaxLength(LongestName * 16);
            builder.Property(workspace => workspace.Language).HasMaxLength(2);
            builder.Property(workspace => workspace.TimeZone).HasMaxLength(64);
        }
    }
}
