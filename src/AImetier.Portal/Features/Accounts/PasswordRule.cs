using System.Text;
using Microsoft.AspNetCore.Identity;

namespace AImetier.Portal.Features.Accounts;

/// <summary>What a new password must be: 12 to 256 characters, not a common one, not the e-mail. No rule about kinds of characters.</summary>
/// <remarks>NIST SP 800-63B, "Password Verifiers": length and a list of common passwords, no composition rules.</remarks>
public sealed class PasswordRule : IPasswordValidator<Person>
{
    /// <summary>Fewest characters (code points).</summary>
    public const int Shortest = 12;

    /// <summary>Most characters (code points).</summary>
    public const int Longest = 256;

    private static readonly Lazy<HashSet<string>> Common = new(ReadCommon);

    /// <summary>Checks a new password.</summary>
    /// <param name="password">What was typed; null counts as empty.</param>
    /// <param name="email">The person's e-mail, or null.</param>
    /// <returns>The problem, or null when the password may be used.</returns>
    public static PasswordProblem? Check(string? password, string? email)
    {
        password ??= "";
        var length = password.EnumerateRunes().Count();
        if (length < Shortest)
            return PasswordProblem.TooShort;
        if (length > Longest)
            return PasswordProblem.TooLong;
        if (email is not null && password.Trim().Equals(email.Trim(), StringComparison.OrdinalIgnoreCase))
            return PasswordProblem.IsEmail;
        return Common.Value.Contains(password.Trim()) || password.EnumerateRunes().Distinct().Count() == 1 ? PasswordProblem.Common : null;
    }

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(Check(password, user.Email) is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = problem.ToString(), Description = "The password is not accepted." })
            : IdentityResult.Success);

    private static HashSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRule).Assembly.GetManifestResourceStream("AImetier.Portal.Features.Accounts.CommonPasswords.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
