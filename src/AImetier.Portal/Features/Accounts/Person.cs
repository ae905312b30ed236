using AImetier.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Accounts;

/// <summary>A person who signs in. Ids are <c>usr_…</c>; the user name is the e-mail.</summary>
public sealed class Person : IdentityUser, IWorkspaceOwned
{
    /// <summary>Most characters of <see cref="DisplayName"/>.</summary>
    public const int LongestName = 80;

    /// <summary>Most characters of an e-mail.</summary>
    public const int LongestEmail = 256;

    /// <summary>A new person with an id of ours.</summary>
    public Person() => Id = EntityId.New("usr");

    /// <inheritdoc/>
    public required string WorkspaceId { get; init; }

    /// <summary>Name shown to colleagues, 1 to 80 characters.</summary>
    public required string DisplayName { get; set; }

    /// <summary>Owner, admin or member.</summary>
    public required PersonRole Role { get; set; }

    /// <summary>When the person joined.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Language of the pages, <c>en</c> or <c>fr</c>; null follows the browser.</summary>
    public string? Language { get; set; }

    /// <summary>Whether the person is told by e-mail that something waits for an OK; for owners and admins.</summary>
    public bool EmailWhenWaiting { get; set; } = true;

    /// <summary>A name made from an e-mail: <c>mia.baker@example.com</c> becomes <c>Mia.baker</c>.</summary>
    /// <param name="email">A checked e-mail.</param>
    public static string NameFrom(string email)
    {
        var local = email.Split('@')[0];
        var cut = local.Length > LongestName ? local[..LongestName] : local;
        return char.ToUpperInvariant(cut[0]) + cut[1..];
    }

    /// <summary>How the row is stored; the columns of Identity keep the lengths and indexes of its schema version 3.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("People");
            builder.Property(person => person.DisplayName).HasMaxLength(LongestName * 16);
            builder.Property(person => person.Language).HasMaxLength(8);
            builder.Property(person => person.EmailWhenWaiting).HasDefaultValue(true);
            builder.HasOne<Workspace>().WithMany().HasForeignKey(person => person.WorkspaceId).OnDelete(DeleteBehavior.Restrict);

            builder.HasKey(person => person.Id);
            builder.Property(person => person.ConcurrencyStamp).IsConcurrencyToken();
            builder.Property(person => person.UserName).HasMaxLength(LongestEmail);
            builder.Property(person => person.NormalizedUserName).HasMaxLength(LongestEmail);
            builder.Property(person => person.Email).HasMaxLength(LongestEmail);
            builder.Property(person => person.NormalizedEmail).HasMaxLength(LongestEmail);
            builder.Property(person => person.PhoneNumber).HasMaxLength(256);
            builder.HasIndex(person => person.NormalizedUserName).IsUnique();
            builder.HasIndex(person => person.NormalizedEmail).IsUnique();
        }
    }
}
