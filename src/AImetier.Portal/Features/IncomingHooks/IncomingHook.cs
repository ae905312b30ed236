using AImetier.Portal.Data;
using AImetier.Portal.Features.Teammates;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>An address at which another system hands a teammate work. A removed one is deleted; the conversations that it began keep its name.</summary>
public sealed class IncomingHook : IWorkspaceOwned
{
    /// <summary>Most characters of a name, as a person counts them.</summary>
    public const int LongestName = 64;

    /// <summary>Most hooks of a teammate.</summary>
    public const int MostOfTeammate = 20;

    /// <summary><c>hk_…</c>, part of the address.</summary>
    public required string Id { get; init; }

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>The teammate that gets the work.</summary>
    public required string TeammateId { get; init; }

    /// <summary>Name, 1 to 64 characters; need not be unique.</summary>
    public required string Name { get; set; }

    /// <summary>How the question is made of what is sent, see <see cref="HookTemplate"/>; empty where the body stands as it is.</summary>
    public required string Template { get; set; }

    /// <summary>How the sender proves itself.</summary>
    public required HookProof Proof { get; init; }

    /// <summary>The secret that signs, encrypted with Data Protection; null where a key is the proof.</summary>
    public string? ProtectedSecret { get; private set; }

    /// <summary>One-use value of the form that set the secret last: a second submit finds it taken.</summary>
    public required string FormNonce { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Id of the person who made it.</summary>
    public required string CreatedById { get; init; }

    /// <summary>Name of that person at the time.</summary>
    public required string CreatedByName { get; init; }

    /// <summary>Since when it takes nothing, or null.</summary>
    public DateTimeOffset? PausedAt { get; private set; }

    /// <summary>Sets the secret, or puts another in its place.</summary>
    /// <param name="encrypted">The secret, encrypted.</param>
    internal void SetSecret(string encrypted) => ProtectedSecret = encrypted;

    /// <summary>Takes nothing until <see cref="Resume"/>.</summary>
    /// <param name="at">Now.</param>
    internal void Pause(DateTimeOffset at) => PausedAt ??= at;

    /// <summary>Takes work again.</summary>
    internal void Resume() => PausedAt = null;

    /// <summary>How the row is stored.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<IncomingHook>
    {
        public void Configure(EntityTypeBuilder<IncomingHook> builder)
        {
            builder.ToTable("IncomingHooks");
            builder.Property(hook => hook.Name).HasMaxLength(LongestName * 16);
            builder.Property(hook => hook.Template).HasMaxLength(HookTemplate.Longest);
            builder.HasIndex(hook => hook.FormNonce).IsUnique();
            builder.HasIndex(hook => new { hook.TeammateId, hook.CreatedAt });
            builder.HasOne<Teammate>().WithMany().HasForeignKey(hook => hook.TeammateId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
