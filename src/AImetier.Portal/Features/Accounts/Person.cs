using AImetier.Portal.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Accounts;

/// <summary>A person who signs in. Ids are <c>usr_…</c>.</summary>
public sealed class Person : IdentityUser, IWorkspaceOwned
{
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

    /// <summary>How the row is stored; the columns of Identity are in the configurations beside it.</summary>
    internal sealed class Configuration : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("People");
            builder.Property(person => person.DisplayName).HasMaxLength(80);
        }
    }
}
