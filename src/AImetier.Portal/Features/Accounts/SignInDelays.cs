namespace AImetier.Portal.Features.Accounts;

/// <summary>
/// Growing waits against guessing. The rule: from a source where the person signed in before, only failures of that person at that source count;
/// from any other source, all such failures of the account and all of the source count. The third failure brings the first wait, of a source the
/// tenth, because an office shares one. So a stranger cannot keep a person out of the places they work from, nowhere is there a lock, and the
/// longest wait is 5 minutes.
/// </summary>
/// <param name="time">The clock.</param>
/// <remarks>OWASP Authentication Cheat Sheet, "Login Throttling". Kept in memory: a restart forgets the waits, Argon2id still bounds the guesses.</remarks>
public sealed class SignInDelays(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly FailureCounts _accounts = new(time, free: 3);
    private readonly FailureCounts _sources = new(time, free: 10);

    /// <summary>Begins a try. It counts as a failure until <see cref="Succeeded"/>, so tries sent at the same moment are counted too.</summary>
    /// <param name="account">Who is tried: a normalized e-mail, or a fixed word.</param>
    /// <param name="source">Where from.</param>
    /// <param name="known">Whether this account succeeded from this source before.</param>
    /// <returns>The wait that is left, or null when the try may go on.</returns>
    public TimeSpan? Begin(string account, string source, bool known)
    {
        lock (_lock)
        {
            var name = NameOf(account, source, known);
            var (forAccount, forSource) = (_accounts.WaitFor(name), known ? TimeSpan.Zero : _sources.WaitFor(source));
            if (forAccount > TimeSpan.Zero || forSource > TimeSpan.Zero)
                return forAccount > forSource ? forAccount : forSource;
            _accounts.Add(name);
            if (!known)
                _sources.Add(source);
            return null;
        }
    }

    /// <summary>Ends a try that was right: it was no failure, and at a known place the slate is clean.</summary>
    /// <param name="account">As given to <see cref="Begin"/>.</param>
    /// <param name="source">As given to <see cref="Begin"/>.</param>
    /// <param name="known">As given to <see cref="Begin"/>.</param>
    public void Succeeded(string account, string source, bool known)
    {
        Abandoned(account, source, known);
        if (!known)
            return;
        lock (_lock)
            _accounts.Forget(NameOf(account, source, known));
    }

    /// <summary>Ends a try that could not be judged, because the queue was full.</summary>
    /// <param name="account">As given to <see cref="Begin"/>.</param>
    /// <param name="source">As given to <see cref="Begin"/>.</param>
    /// <param name="known">As given to <see cref="Begin"/>.</param>
    public void Abandoned(string account, string source, bool known)
    {
        lock (_lock)
        {
            _accounts.TakeBack(NameOf(account, source, known));
            if (!known)
                _sources.TakeBack(source);
        }
    }

    private static string NameOf(string account, string source, bool known) => known ? $"{account} at {source}" : account;
}
