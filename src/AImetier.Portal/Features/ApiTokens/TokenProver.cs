using System.Security.Cryptography;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Proves secrets with Argon2id and bounds what that can cost: one run per id at a time, callers with the same text for the same hash share it, wrong guesses
/// have a small budget per id and source, and all runs pass the gate.
/// </summary>
/// <param name="hasher">Argon2id.</param>
/// <param name="gate">Bounds the runs of keys; people's passwords have their own.</param>
/// <param name="budget">Guesses left per id and source.</param>
public sealed class TokenProver(Argon2Hasher hasher, TokenHashingGate gate, GuessBudget budget)
{
    private const int MostOthersWaiting = 8;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Run> _runs = new(StringComparer.Ordinal);

    /// <summary>Proves a secret against a stored hash.</summary>
    /// <param name="id">Public id of the key.</param>
    /// <param name="hash">The row's hash.</param>
    /// <param name="secret">The secret to prove.</param>
    /// <param name="mac">HMAC of the whole text, to recognize the same text.</param>
    /// <param name="source">Where the request came from.</param>
    /// <param name="cancellationToken">Leaves the wait.</param>
    /// <returns>Whether it is the secret; null when the queue or the budget is full.</returns>
    public async Task<bool?> ProveAsync(string id, string hash, string secret, byte[] mac, string source, CancellationToken cancellationToken)
    {
        while (true)
        {
            Run run;
            lock (_lock)
            {
                if (!_runs.TryGetValue(id, out var current))
                {
                    if (!budget.TryTake(id, source))
                        return null;
                    run = new Run(hash, mac);
                    _runs[id] = run;
                    run.Outcome = RunAsync(id, hash, secret, source, run);
                }
                else if (current.Proves(hash, mac))
                {
                    run = current;
                }
                else if (current.OthersWaiting < MostOthersWaiting)
                {
                    current.OthersWaiting++;
                    run = current;
                }
                else
                {
                    return null;
                }
            }

            var outcome = await run.Outcome.WaitAsync(cancellationToken);
            if (run.Proves(hash, mac))
                return outcome;
        }
    }

    private async Task<bool?> RunAsync(string id, string hash, string secret, string source, Run run)
    {
        // Leave the caller's lock before anything can finish at once.
        await Task.Yield();
        try
        {
            // Not the caller's token: others may be waiting for the same outcome.
            using var pass = await gate.EnterAsync(source, CancellationToken.None);
            if (pass is null)
            {
                budget.GiveBack(id, source);
                return null;
            }

            var proved = await hasher.VerifyAsync(hash, secret);
            if (proved)
                budget.GiveBack(id, source);
            return proved;
        }
        finally
        {
            lock (_lock)
                _runs.Remove(id);
        }
    }

    private sealed class Run(string hash, byte[] mac)
    {
        private static readonly Task<bool?> NotStarted = Task.FromResult<bool?>(null);

        public Task<bool?> Outcome { get; set; } = NotStarted;

        public int OthersWaiting { get; set; }

        public bool Proves(string otherHash, byte[] otherMac) => string.Equals(hash, otherHash, StringComparison.Ordinal) && CryptographicOperations.FixedTimeEquals(mac, otherMac);
    }
}
