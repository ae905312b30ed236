namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Outcome of checking a key.</summary>
public abstract record TokenCheck
{
    private TokenCheck()
    {
    }

    /// <summary>The key is good now.</summary>
    /// <param name="Principal">Whose key it is.</param>
    /// <param name="FirstUse">Whether it has never been used before.</param>
    public sealed record Accepted(TokenPrincipal Principal, bool FirstUse) : TokenCheck;

    /// <summary>The key is not accepted.</summary>
    /// <param name="Reason">Why: for the log and the activity log; the caller is told only about length.</param>
    public sealed record Refused(RefusalReason Reason) : TokenCheck;

    /// <summary>Nothing was decided: too many proofs are under way.</summary>
    /// <param name="RetryAfter">When to try again.</param>
    public sealed record Busy(TimeSpan RetryAfter) : TokenCheck;
}
