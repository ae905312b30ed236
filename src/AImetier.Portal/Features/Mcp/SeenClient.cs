using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Mcp;

/// <summary>A program that has called with a key, as it named itself. It may say anything: shown, never trusted.</summary>
public sealed class SeenClient : IWorkspaceOwned
{
    /// <summary>Most clients remembered for a key; the ones not seen for longest are forgotten.</summary>
    public const int MostPerKey = 20;

    /// <summary>Public id of the key.</summary>
    public required string TokenId { get; init; }

    /// <summary>What the client calls itself, 1 to 64 characters.</summary>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>Its version when last seen, up to 32 characters, or null.</summary>
    public string? Version { get; private set; }

    /// <summary>Protocol revision it spoke when last seen, for example <c>2026-07-28</c>, or null.</summary>
    public string? Revision { get; private set; }

    /// <summary>Its <c>User-Agent</c> when last seen, up to 128 characters, or nothing. Calls of older revisions are recognized by it.</summary>
    public string UserAgent { get; private set; } = "";

    /// <summary>When it was first seen with this key.</summary>
    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>When it was last seen, up to two seconds behind.</summary>
    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>Notes that it was seen again. Never backwards.</summary>
    /// <param name="sighting">How.</param>
    internal void See(ClientSighting sighting)
    {
        if (sighting.At < LastSeenAt)
            return;
        LastSeenAt = sighting.At;
        Version = sighting.Version ?? Version;
        Revision = sighting.Revision ?? Revision;
        UserAgent = sighting.UserAgent;
    }

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<SeenClient>
    {
        public void Configure(EntityTypeBuilder<SeenClient> builder)
        {
            builder.ToTable("McpClients");
            builder.HasKey(client => new { client.TokenId, client.Name });
            builder.Property(client => client.Name).HasMaxLength(ClientText.LongestName);
            builder.Property(client => client.Version).HasMaxLength(ClientText.LongestVersion);
            builder.Property(client => client.Revision).HasMaxLength(ClientText.LongestVersion);
            builder.Property(client => client.UserAgent).HasMaxLength(ClientText.LongestUserAgent);
            builder.HasOne<ApiToken>().WithMany().HasForeignKey(client => client.TokenId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
