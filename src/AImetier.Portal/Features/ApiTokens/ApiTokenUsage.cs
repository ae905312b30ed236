using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Calls of a key in one hour.</summary>
public sealed class ApiTokenUsage
{
    /// <summary>The key.</summary>
    public required string TokenId { get; init; }

    /// <summary>Start of the hour, as whole hours since 0001-01-01 UTC.</summary>
    public required int Hour { get; init; }

    /// <summary>Authenticated calls in that hour.</summary>
    public required long Calls { get; init; }

    /// <summary>The hour an instant falls in.</summary>
    /// <param name="at">Any instant.</param>
    public static int HourOf(DateTimeOffset at) => (int)(at.UtcTicks / TimeSpan.TicksPerHour);

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<ApiTokenUsage>
    {
        public void Configure(EntityTypeBuilder<ApiTokenUsage> builder)
        {
            builder.ToTable("ApiTokenUsage");
            builder.HasKey(usage => new { usage.TokenId, usage.Hour });
            builder.HasIndex(usage => usage.Hour);
            builder.HasOne<ApiToken>().WithMany().HasForeignKey(usage => usage.TokenId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
