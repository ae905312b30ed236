using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class IdentityModelTests
{
    [Theory]
    [InlineData(typeof(IdentityUserClaim<string>))]
    [InlineData(typeof(IdentityUserLogin<string>))]
    [InlineData(typeof(IdentityUserToken<string>))]
    [InlineData(typeof(IdentityUserPasskey<string>))]
    [InlineData(typeof(IdentityPasskeyData))]
    [InlineData(typeof(Person))]
    public void Our_tables_are_those_of_Identitys_schema_version_3(Type type)
    {
        using var ours = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite("Data Source=:memory:").Options, new CurrentWorkspace());
        var services = new ServiceCollection();
        services.AddOptions<IdentityOptions>().Configure(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        using var provider = services.BuildServiceProvider();
        using var theirs = new Reference(new DbContextOptionsBuilder<Reference>().UseSqlite("Data Source=:memory:").UseApplicationServiceProvider(provider).Options);

        var expected = Facts(Find(theirs.Model, type));
        expected.ShouldNotBeEmpty();
        Facts(Find(ours.Model, type)).ShouldBe(expected);
    }

    private static IEntityType Find(IModel model, Type type) => model.GetEntityTypes().Single(entity => entity.ClrType == type);

    // Of people, Identity's own columns; the e-mail is unique with us because it is the user name.
    private static List<string> Facts(IEntityType entity)
    {
        var own = entity.GetDeclaredProperties().Where(property => property.DeclaringType.ClrType != typeof(Person) || property.PropertyInfo?.DeclaringType != typeof(Person)).ToList();
        var facts = own.Select(property =>
            $"{property.Name} {property.ClrType.Name} null={property.IsNullable} length={property.GetMaxLength()} token={property.IsConcurrencyToken} generated={property.ValueGenerated}").ToList();
        facts.Add("key " + Names(entity.FindPrimaryKey()?.Properties));
        facts.Add("json " + entity.GetContainerColumnName());
        facts.AddRange(entity.GetIndexes().Where(index => index.Properties.All(own.Contains))
            .Select(index => $"index {Names(index.Properties)} unique={index.IsUnique || Names(index.Properties) == nameof(Person.NormalizedEmail)}"));
        facts.AddRange(entity.GetForeignKeys().Where(key => key.Properties.All(own.Contains))
            .Select(key => $"to {key.PrincipalEntityType.ClrType.Name} by {Names(key.Properties)} required={key.IsRequired} {key.DeleteBehavior}"));
        facts.Sort(StringComparer.Ordinal);
        return facts;
    }

    private static string Names(IEnumerable<IReadOnlyProperty>? properties) => string.Join(',', (properties ?? []).Select(property => property.Name));

    private sealed class Reference(DbContextOptions<Reference> options) : IdentityUserContext<Person>(options)
    {
        protected override void OnModelCreating(ModelBuilder builder)
        {
            base.OnModelCreating(builder);
            builder.Entity<Person>().Ignore(person => person.CreatedAt);
        }
    }
}
