using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Identity's manager of people, with passwords hashed awaited and behind a gate.</summary>
public sealed class PersonManager(
    IUserStore<Person> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<Person> hasher,
    IEnumerable<IUserValidator<Person>> people,
    IEnumerable<IPasswordValidator<Person>> passwords,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<Person>> logger,
    PasswordHashing hashing)
    : UserManager<Person>(store, options, hasher, people, passwords, normalizer, errors, services, logger)
{
    // Acts without an address of their own share one line at the gate.
    private const string Inside = "people";

    /// <summary>Compares a password with the person's, with the same work when there is nobody.</summary>
    /// <param name="person">The person, or null.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="source">Who asks.</param>
    /// <param name="cancellationToken">Leaves the queue.</param>
    /// <returns>Whether it is right. Then the hash is renewed at today's cost, in memory: the caller's save stores it.</returns>
    /// <exception cref="TooManySignInsException">The queue is full.</exception>
    public async Task<bool> CheckPasswordAsync(Person? person, string password, string source, CancellationToken cancellationToken)
    {
        if (!await hashing.VerifyAsync(person?.PasswordHash, password, source, cancellationToken))
            return false;
        if (hashing.NeedsRehash(person!.PasswordHash!))
            person.PasswordHash = await hashing.HashAsync(password, source, cancellationToken);
        return true;
    }

    /// <summary>Gives a person a new password that passed <see cref="PasswordRule"/>, in memory: the caller's save stores it.</summary>
    /// <param name="person">The person.</param>
    /// <param name="password">The new password.</param>
    /// <param name="source">Who asks.</param>
    /// <param name="cancellationToken">Leaves the queue.</param>
    /// <exception cref="TooManySignInsException">The queue is full.</exception>
    public async Task SetPasswordAsync(Person person, string password, string source, CancellationToken cancellationToken)
    {
        person.PasswordHash = await hashing.HashAsync(password, source, cancellationToken);
        person.SecurityStamp = RandomNumberGenerator.GetHexString(32);
    }

    /// <inheritdoc/>
    protected override async Task<PasswordVerificationResult> VerifyPasswordAsync(IUserPasswordStore<Person> store, Person user, string password) =>
        await hashing.VerifyAsync(user.PasswordHash, password, Inside, CancellationToken) ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed;

    /// <inheritdoc/>
    protected override async Task<IdentityResult> UpdatePasswordHash(Person user, string newPassword, bool validatePassword)
    {
        if (validatePassword && await ValidatePasswordAsync(user, newPassword) is { Succeeded: false } refusal)
            return refusal;
        await SetPasswordAsync(user, newPassword, Inside, CancellationToken);
        return IdentityResult.Success;
    }
}
