using System.Text;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Hashes people's passwords behind a gate of their own, so that bad keys cannot block sign-in.</summary>
/// <param name="hasher">Argon2id.</param>
public sealed class PasswordHashing(Argon2Hasher hasher)
{
    /// <summary>Runs at once.</summary>
    public const int Parallel = 2;

    private const int LongestQueue = 64;

    // Two UTF-16 units per character of the longest password that can be chosen; what is longer, or empty, is nobody's and is not read.
    private const int LongestTyped = PasswordRule.Longest * 2;
    private readonly HashingGate _gate = new(Parallel, LongestQueue);

    /// <summary>Runs begun since the process started.</summary>
    public long Runs => _gate.Runs;

    /// <summary>Hashes a new password.</summary>
    /// <param name="password">The password.</param>
    /// <param name="source">Who asks, for a fair queue.</param>
    /// <param name="cancellationToken">Leaves the queue.</param>
    /// <exception cref="TooManySignInsException">The queue is full.</exception>
    public async Task<string> HashAsync(string password, string source, CancellationToken cancellationToken)
    {
        using var pass = await EnterAsync(source, cancellationToken);
        return await hasher.HashAsync(Normalize(password));
    }

    /// <summary>Compares a password with a stored hash; without a hash it spends the same work and answers false.</summary>
    /// <param name="stored">PHC string, or null.</param>
    /// <param name="password">The password.</param>
    /// <param name="source">Who asks, for a fair queue.</param>
    /// <param name="cancellationToken">Leaves the queue.</param>
    /// <exception cref="TooManySignInsException">The queue is full.</exception>
    public async Task<bool> VerifyAsync(string? stored, string password, string source, CancellationToken cancellationToken)
    {
        using var pass = await EnterAsync(source, cancellationToken);
        if (stored is not null && password.Length is > 0 and <= LongestTyped)
            return await hasher.VerifyAsync(stored, Normalize(password));
        await hasher.SpendAsync(nameof(PasswordHashing));
        return false;
    }

    /// <summary>Whether a stored hash was made at another cost than configured.</summary>
    /// <param name="stored">PHC string.</param>
    public bool NeedsRehash(string stored) => hasher.NeedsRehash(stored);

    // The same characters typed on two keyboards may differ in code points: NIST SP 800-63B asks for NFKC or NFKD before hashing.
    private static string Normalize(string password) => password.Normalize(NormalizationForm.FormKC);

    private async Task<IDisposable> EnterAsync(string source, CancellationToken cancellationToken) =>
        await _gate.EnterAsync(source, cancellationToken) ?? throw new TooManySignInsException();
}
