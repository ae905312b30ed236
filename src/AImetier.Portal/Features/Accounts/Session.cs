using System.Security.Cryptography;
using System.Text;
using AImetier.Portal.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Accounts;

/// <summary>One browser in which a person is signed in. The browser holds the id; the row holds only its hash.</summary>
/// <remarks>OWASP Session Management Cheat Sheet: an id of 256 random bits needs no slow hash.</remarks>
public sealed class Session : IWorkspaceOwned
{
    /// <summary>A session ends when it was not used for this long.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(60);

    /// <summary>A session ends at this age, used or not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>How long a proof of identity counts as fresh.</summary>
    public static readonly TimeSpan ProofLasts = TimeSpan.FromMinutes(30);

    /// <summary>Rows are kept this long after their beginning, so that sources a person signed in from are known.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int LongestUserAgent = 200;

    /// <summary>SHA-256 of the id, 64 hexadecimal characters.</summary>
    public required string Key { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>Who is signed in.</summary>
    public required string PersonId { get; init; }

    /// <summary>When the person signed in.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where from: an address, IPv6 cut to its /64.</summary>
    public required string Source { get; init; }

    /// <summary>What the browser says it is, at most 200 characters.</summary>
    public required string UserAgent { get; init; }

    /// <summary>Last request, at most a minute behind.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When the person last proved who they are: set-up, sign-in, or "Confirm it's you".</summary>
    public DateTimeOffset ProvedAt { get; private set; }

    /// <summary>When it was ended by a person or a password change, or null.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>A new session of a person who has just proved who they are.</summary>
    /// <param name="person">The person.</param>
    /// <param name="visitor">Their browser.</param>
    /// <param name="at">Now.</param>
    /// <returns>The row to store, and the id that only the browser keeps.</returns>
    public static (Session Row, string Id) Begin(Person person, Visitor visitor, DateTimeOffset at)
    {
        var id = RandomNumberGenerator.GetHexString(64, lowercase: true);
        var row = new Session
        {
            Key = KeyOf(id),
            WorkspaceId = person.WorkspaceId,
            PersonId = person.Id,
            CreatedAt = at,
            LastSeenAt = at,
            ProvedAt = at,
            Source = visitor.Source,
            UserAgent = visitor.UserAgent.Length > LongestUserAgent ? visitor.UserAgent[..LongestUserAgent] : visitor.UserAgent,
        };
        return (row, id);
    }

    /// <summary>The key under which an id is stored.</summary>
    /// <param name="id">Id from the cookie.</param>
    public static string KeyOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    /// <summary>Refuses the session from now on.</summary>
    /// <param name="at">Now.</param>
    public void End(DateTimeOffset at) => EndedAt ??= at;

    /// <summary>Notes that the person has proved again who they are.</summary>
    /// <param name="at">Now.</param>
    public void Prove(DateTimeOffset at) => ProvedAt = at;

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> builder)
        {
            builder.ToTable("Sessions");
            builder.HasKey(session => session.Key);
            builder.Property(session => session.Key).HasMaxLength(64);
            builder.Property(session => session.Source).HasMaxLength(64);
            builder.Property(session => session.UserAgent).HasMaxLength(LongestUserAgent);
            builder.HasIndex(session => new { session.PersonId, session.Source });
            builder.HasIndex(session => session.CreatedAt);
            builder.HasOne<Person>().WithMany().HasForeignKey(session => session.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
