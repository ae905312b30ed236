using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AImetier.Portal.Features.Accounts;

/// <summary>How the rows that ASP.NET Core Identity keeps beside <see cref="Person"/> are stored: its schema version 3 under our table names.</summary>
internal static class IdentityTables
{
    private const int LongestKey = 128;

    // WebAuthn Level 2, section 4: a credential id has at most 1023 bytes.
    private const int LongestCredentialId = 1024;

    internal sealed class Claims : IEntityTypeConfiguration<IdentityUserClaim<string>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserClaim<string>> builder)
        {
            builder.ToTable("PersonClaims");
            builder.HasKey(claim => claim.Id);
            builder.HasOne<Person>().WithMany().HasForeignKey(claim => claim.UserId).IsRequired();
        }
    }

    internal sealed class Logins : IEntityTypeConfiguration<IdentityUserLogin<string>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserLogin<string>> builder)
        {
            builder.ToTable("PersonLogins");
            builder.HasKey(login => new { login.LoginProvider, login.ProviderKey });
            builder.Property(login => login.LoginProvider).HasMaxLength(LongestKey);
            builder.Property(login => login.ProviderKey).HasMaxLength(LongestKey);
            builder.HasOne<Person>().WithMany().HasForeignKey(login => login.UserId).IsRequired();
        }
    }

    internal sealed class Tokens : IEntityTypeConfiguration<IdentityUserToken<string>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserToken<string>> builder)
        {
            builder.ToTable("PersonTokens");
            builder.HasKey(token => new { token.UserId, token.LoginProvider, token.Name });
            builder.Property(token => token.LoginProvider).HasMaxLength(LongestKey);
            builder.Property(token => token.Name).HasMaxLength(LongestKey);
            builder.HasOne<Person>().WithMany().HasForeignKey(token => token.UserId).IsRequired();
        }
    }

    internal sealed class Passkeys : IEntityTypeConfiguration<IdentityUserPasskey<string>>
    {
        public void Configure(EntityTypeBuilder<IdentityUserPasskey<string>> builder)
        {
            builder.ToTable("PersonPasskeys");
            builder.HasKey(passkey => passkey.CredentialId);
            builder.Property(passkey => passkey.CredentialId).HasMaxLength(LongestCredentialId);
            builder.OwnsOne(passkey => passkey.Data).ToJson();
            builder.HasOne<Person>().WithMany().HasForeignKey(passkey => passkey.UserId).IsRequired();
        }
    }
}
