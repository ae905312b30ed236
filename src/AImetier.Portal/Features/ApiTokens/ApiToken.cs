using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>A key as it is stored: plain facts and an Argon2id hash of its secret.</summary>
public sealed class ApiToken : IWorkspaceOwned
{
    /// <summary>Most characters of a name, as a person counts them.</summary>
    public const int LongestName = 64;

    /// <summary>Public id, 16 characters of 0-9A-Za-z.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>The one teammate the key is for.</summary>
    public required string TeammateId { get; init; }

    /// <summary>Name, 1 to 64 characters; need not be unique.</summary>
    public required string Name { get; set; }

    /// <summary>n of a key called "Key n", or null. The next default name counts on from the highest.</summary>
    public int? Number { get; init; }

    /// <summary>Argon2id PHC string of the secret; null once revoked.</summary>
    public string? Hash { get; private set; }

    /// <summary>One-use value of the form that made the key: a second submit finds it taken.</summary>
    public required string FormNonce { get; init; }

    /// <summary>When the key was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Id of the person who made it.</summary>
    public required string CreatedById { get; init; }

    /// <summary>Name of that person at the time.</summary>
    public required string CreatedByName { get; init; }

    /// <summary>Last authenticated call, up to a second behind; null until the first.</summary>
    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <summary>When the key was revoked, or null.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Id of who revoked it: a person, the key itself, or empty for the Portal.</summary>
    public string? RevokedById { get; private set; }

    /// <summary>Name of who revoked it, at the time.</summary>
    public string? RevokedByName { get; private set; }

    /// <summary>Whether the key itself asked to be revoked.</summary>
    public bool RevokedByItself => RevokedById is not null && string.Equals(RevokedById, Id, StringComparison.Ordinal);

    /// <summary>Sets the hash of a new key.</summary>
    /// <param name="hash">PHC string.</param>
    internal void SetHash(string hash) => Hash = hash;

    /// <summary>Switches the key off for good and forgets its hash.</summary>
    /// <param name="at">Now.</param>
    /// <param name="by">Who revokes it.</param>
    internal void Revoke(DateTimeOffset at, Actor by)
    {
        RevokedAt = at;
        RevokedById = by.Id;
        RevokedByName = by.Name;
        Hash = null;
    }

    /// <summary>How the row is stored. <see cref="TokenRowLane"/>, <see cref="TokenVerifier"/> and <see cref="LastUsedStamper"/> name this table and its columns.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<ApiToken>
    {
        public void Configure(EntityTypeBuilder<ApiToken> builder)
        {
            builder.ToTable("ApiTokens");
            builder.Property(token => token.Id).HasMaxLength(TokenFormat.IdLength);
            builder.Property(token => token.Name).HasMaxLength(LongestName * 16);
            builder.HasIndex(token => token.FormNonce).IsUnique();
            builder.HasIndex(token => new { token.TeammateId, token.RevokedAt, token.CreatedAt, token.Id });
            builder.HasIndex(token => new { token.TeammateId, token.Number });
            builder.HasOne<Teammate>().WithMany().HasForeignKey(token => token.TeammateId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
