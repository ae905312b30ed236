using Microsoft.AspNetCore.Identity;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Stands where Identity expects a synchronous hasher and refuses: a password is only hashed awaited, behind its gate.</summary>
public sealed class NoSynchronousHashing : IPasswordHasher<Person>
{
    /// <inheritdoc/>
    public string HashPassword(Person user, string password) => throw Refusal();

    /// <inheritdoc/>
    public PasswordVerificationResult VerifyHashedPassword(Person user, string hashedPassword, string providedPassword) => throw Refusal();

    private static InvalidOperationException Refusal() => new("Passwords are hashed through PersonManager.");
}
