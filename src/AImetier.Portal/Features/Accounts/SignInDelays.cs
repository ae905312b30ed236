namespace AImetier.Portal.Features.Accounts;

/// <summary>
/// Growing waits against guessing. The rule: from a source where the person signed in before, only failures of that person at that source count;
/// from any other source, all such failures of the account and all of the source count. So a stranger cannot keep a person out of the places
/// they work from, nowhere is there a lock, and the longest wait is 5 minutes.
/// </summary>
/// <param name="time">The clock.</param>
/// <remarks>OWASP Authentication Cheat Sheet, "Login Throttling". Kept in memory: a restart forgets the waits, Argon2id still bounds the guesses.</remarks>
public sealed class SignInDelays(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly FailureCounts _counts = new(time);

    /// <summary>Begins a try. It counts as a failure until <see cref="Succeeded"/>, so tries sent at the same moment are counted too.</summary>
    /// <param name="account">Who is tried: a normalized e-mail, or a fixed word.</param>
    /// <param name="source">Where from.</param>
    /// <param name="known">Whether this account succeeded from this source before.</param>
    /// <returns>The wait that is left, or null when the try may go on.</returns>
    public TimeSpan? Begin(string account, string source, bool known)
    {
        lock (_lock)
        {
            var names = NamesOf(account, source, known);
            var wait = names.Max(_counts.WaitFor);
            if (wait > TimeSpan.Zero)
                return wait;
            foreach (var name in names)
                _counts.Add(name);
            return null;
        }
    }

    /// <summary>Ends a try that was right.</summary>
    /// <param name="account">As given to <see cref="Begin"/>.</param>
    /// <param name="source">As given to <see cref="Begin"/>.</param>
    /// <param name="known">As given to <see cref="Begin"/>.</param>
    public void Succeeded(string account, string source, bool known)
    {
        lock (_lock)
        {
            if (known)
                _counts.Forget(Both(account, source));
            else
                Array.ForEach(NamesOf(account, source, known), _counts.TakeBack);
        }
    }

    /// <summary>Ends a try that could not be judged, because the queue was full.</summary>
    /// <param name="account">As given to <see cref="Begin"/>.</param>
    /// <param name="source">As given to <see cref="Begin"/>.</param>
    /// <param name="known">As given to <see cref="Begin"/>.</param>
    public void Abandoned(string account, string source, bool known)
    {
        lock (_lock)
            Array.ForEach(NamesOf(account, source, known), _counts.TakeBack);
    }

    private static string[] NamesOf(string account, string source, bool known) =>
        known ? [Both(account, source)] : ["account " + account, "source " + source];

    private static string Both(string account, string source) => $"{account} at {source}";
}
