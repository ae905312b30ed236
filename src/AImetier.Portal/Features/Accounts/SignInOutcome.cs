namespace AImetier.Portal.Features.Accounts;

/// <summary>What came of proving who one is.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    /// <summary>The person is signed in.</summary>
    /// <param name="SessionId">Id for the cookie.</param>
    /// <param name="Language">The person's own language, or null.</param>
    /// <param name="WorkspaceLanguage">The workspace's, for a browser in which nobody has chosen; or null.</param>
    public sealed record SignedIn(string SessionId, string? Language, string? WorkspaceLanguage) : SignInOutcome
    {
        /// <summary>Prints nothing of the id.</summary>
        public override string ToString() => nameof(SignedIn);
    }

    /// <summary>E-mail and password do not belong together.</summary>
    public sealed record Refused : SignInOutcome;

    /// <summary>Too many wrong tries: nothing was checked.</summary>
    /// <param name="RetryAfter">When the next try is taken.</param>
    public sealed record Wait(TimeSpan RetryAfter) : SignInOutcome;
}
