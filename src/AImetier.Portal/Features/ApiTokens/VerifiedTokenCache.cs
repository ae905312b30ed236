using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Remembers which secrets have been proved with Argon2id. It may answer "is this the right secret?", never "may it still be used?":
/// an entry is bound to the row's hash, and the row is read from the database for every request. Bounded, and dropped without harm.
/// </summary>
public sealed class VerifiedTokenCache : IDisposable
{
    // One per thread, with the process's key worked in once: that is half of an HMAC over so short a text.
    private readonly ThreadLocal<IncrementalHash> _hmac;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _byId;
    private readonly int _most;

    /// <summary>An empty cache.</summary>
    /// <param name="most">Most entries kept; about 400 bytes each.</param>
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

    /// <summary>The id of a remembered key and the hash it was proved against, as the strings already in memory, or nulls.</summary>
    /// <param name="id">Public id.</param>
    public (string? Id, string? Hash) Known(ReadOnlySpan<char> id) => _byId.TryGetValue(id, out var entry) ? (entry.Id, entry.Hash) : default;

    /// <summary>Whether a key's text is the proved one.</summary>
    /// <param name="id">Public id.</param>
    /// <param name="hash">The row's hash as it is now.</param>
    /// <param name="mac">From <see cref="Mac"/>.</param>
    /// <returns>True or false by the proof; null when nothing has been proved for this hash.</returns>
    public bool? Matches(string id, string hash, ReadOnlySpan<byte> mac) =>
        _entries.TryGetValue(id, out var entry) && string.Equals(entry.Hash, hash, StringComparison.Ordinal)
            ? CryptographicOperations.FixedTimeEquals(entry.Mac, mac)
            : null;

    /// <summary>Remembers a proof.</summary>
    /// <param name="id">Public id.</param>
    /// <param name="hash">The hash that the secret was proved against.</param>
    /// <param name="mac">From <see cref="Mac"/>.</param>
    public void Remember(string id, string hash, ReadOnlySpan<byte> mac)
    {
        if (_entries.Count >= _most && !_entries.ContainsKey(id))
        {
            foreach (var other in _entries.Keys.Take(Math.Max(1, _most / 16)))
                _entries.TryRemove(other, out _);
        }

        _entries[id] = new Entry(id, hash, mac.ToArray());
    }

    /// <summary>Forgets a key.</summary>
    /// <param name="id">Public id.</param>
    public void Forget(string id) => _entries.TryRemove(id, out _);

    /// <summary>Forgets everything.</summary>
    public void Clear() => _entries.Clear();

    /// <inheritdoc/>
    public void Dispose() => _hmac.Dispose();

    private sealed record Entry(string Id, string Hash, byte[] Mac);
}
