using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Remembers which secrets have been proved with Argon2id. It may answer "is this the right secret?", never "may it still be used?":
/// an entry is bound to the row's hash, and the row is read from the database for every request. It keeps the row of the call before to compare
/// with, and no text of a key. Bounded, and dropped without harm.
/// </summary>
public sealed class VerifiedTokenCache : IDisposable
{
    // One per thread, with the process's key worked in once: that is half of an HMAC over so short a text.
    private readonly ThreadLocal<IncrementalHash> _hmac;
    private readonly ConcurrentDictionary<string, VerifiedToken> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, VerifiedToken>.AlternateLookup<ReadOnlySpan<char>> _byId;
    private readonly int _most;

    /// <summary>An empty cache.</summary>
    /// <param name="most">Most entries kept; about 700 bytes each.</param>
    public VerifiedTokenCache(int most = 100_000)
    {
        _most = most;
        var processKey = RandomNumberGenerator.GetBytes(32);
        _hmac = new ThreadLocal<IncrementalHash>(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, processKey));
        _byId = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>HMAC-SHA256 of a key's text under a key that lives and dies with this process.</summary>
    /// <param name="text">Whole key.</param>
    /// <param name="mac">32 bytes.</param>
    public void Mac(ReadOnlySpan<char> text, Span<byte> mac)
    {
        Span<byte> bytes = stackalloc byte[TokenFormat.Length];
        Encoding.ASCII.GetBytes(text, bytes);
        var hmac = _hmac.Value!;
        hmac.AppendData(bytes);
        hmac.GetHashAndReset(mac);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>What is remembered of a key, or null.</summary>
    /// <param name="id">Public id.</param>
    public VerifiedToken? Find(ReadOnlySpan<char> id) => _byId.TryGetValue(id, out var entry) ? entry : null;

    /// <summary>Remembers a proof.</summary>
    /// <param name="row">The row whose hash the secret was proved against.</param>
    /// <param name="mac">From <see cref="Mac"/>.</param>
    public void Remember(TokenRow row, ReadOnlySpan<byte> mac)
    {
        var id = row.Principal.TokenId;
        if (_entries.Count >= _most && !_entries.ContainsKey(id))
        {
            foreach (var other in _entries.Keys.Take(Math.Max(1, _most / 16)))
                _entries.TryRemove(other, out _);
        }

        _entries[id] = new VerifiedToken(row, mac.ToArray());
    }

    /// <summary>Forgets a key.</summary>
    /// <param name="id">Public id.</param>
    public void Forget(string id) => _entries.TryRemove(id, out _);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _entries.Clear();

    /// <inheritdoc/>
    public void Dispose() => _hmac.Dispose();
}
