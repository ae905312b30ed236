using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Accounts;

/// <summary>A link, printed on the console, with which a person chooses a new password once. The row holds only the hash of its code.</summary>
public sealed class PasswordReset : IWorkspaceOwned
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    /// <summary>SHA-256 of the code, 64 hexadecimal characters.</summary>
    public required string Key { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>Whose password.</summary>
    public required string PersonId { get; init; }

    /// <summary>When the link stops working.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<PasswordReset>
    {
        public void Configure(EntityTypeBuilder<PasswordReset> builder)
        {
            builder.ToTable("PasswordResets");
            builder.HasKey(reset => reset.Key);
            builder.Property(reset => reset.Key).HasMaxLength(64);
            builder.HasIndex(reset => reset.PersonId);
            builder.HasOne<Person>().WithMany().HasForeignKey(reset => reset.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
