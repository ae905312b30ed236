namespace AImetier.Portal.Features.Accounts;

/// <summary>What came of choosing a new password.</summary>
public abstract record PasswordOutcome
{
    private PasswordOutcome()
    {
    }

    /// <summary>The new password counts; all other sessions of the person have ended.</summary>
    /// <param name="SessionId">Id for the cookie when a session began, or null.</param>
    public sealed record Changed(string? SessionId) : PasswordOutcome
    {
        /// <summary>Prints nothing of the id.</summary>
        public override string ToString() => nameof(Changed);
    }

    /// <summary>The current password, or the code of the link, is not right, or the link was used or is too old.</summary>
    public sealed record Refused : PasswordOutcome;

    /// <summary>The new password is not taken.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Rejected(PasswordProblem Problem) : PasswordOutcome;

    /// <summary>Too many wrong tries: nothing was checked.</summary>
    /// <param name="RetryAfter">When the next try is taken.</param>
    public sealed record Wait(TimeSpan RetryAfter) : PasswordOutcome;
}
