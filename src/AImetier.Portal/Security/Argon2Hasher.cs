using System.Security.Cryptography;
using System.Text;
using Konscious.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Security;

/// <summary>Hashes and verifies secrets with Argon2id. It bounds nothing: callers come through a <see cref="HashingGate"/>.</summary>
/// <param name="options">Cost of new hashes.</param>
/// <remarks>RFC 9106. One run of the default costs about 40 ms and 7 MiB.</remarks>
public sealed class Argon2Hasher(IOptions<Argon2Options> options)
{
    private const int SaltBytes = 16;
    private const int TagBytes = 32;

    /// <summary>Hashes a secret with a new salt at the configured cost.</summary>
    /// <param name="secret">The secret's text.</param>
    /// <returns>The PHC string to store.</returns>
    public async Task<string> HashAsync(string secret)
    {
        var cost = options.Value;
        var hash = new Argon2Hash(cost.MemoryKib, cost.Passes, cost.Parallelism, RandomNumberGenerator.GetBytes(SaltBytes), new byte[TagBytes]);
        return (hash with { Tag = await TagAsync(hash, secret) }).ToString();
    }

    /// <summary>Compares a secret with a stored hash in constant time.</summary>
    /// <param name="stored">PHC string; anything else answers false.</param>
    /// <param name="secret">The secret's text.</param>
    public async Task<bool> VerifyAsync(string? stored, string secret)
    {
        if (!Argon2Hash.TryParse(stored, out var hash))
            return false;

        var tag = await TagAsync(hash, secret);
        return CryptographicOperations.FixedTimeEquals(hash.Tag, tag);
    }

    /// <summary>Spends what <see cref="VerifyAsync"/> spends, for callers with nothing to compare.</summary>
    /// <param name="secret">The secret's text.</param>
    public Task SpendAsync(string secret) => HashAsync(secret);

    /// <summary>Whether a stored hash was made at another cost than configured.</summary>
    /// <param name="stored">PHC string.</param>
    public bool NeedsRehash(string stored)
    {
        var cost = options.Value;
        return !Argon2Hash.TryParse(stored, out var hash)
            || hash.MemoryKib != cost.MemoryKib || hash.Passes != cost.Passes || hash.Parallelism != cost.Parallelism;
    }

    private static async Task<byte[]> TagAsync(Argon2Hash hash, string secret)
    {
        using var argon2 = new Argon2id(Encoding.UTF8.GetBytes(secret))
        {
            Salt = hash.Salt,
            MemorySize = hash.MemoryKib,
            Iterations = hash.Passes,
            DegreeOfParallelism = hash.Parallelism,
        };
        return await argon2.GetBytesAsync(hash.Tag.Length);
    }
}
