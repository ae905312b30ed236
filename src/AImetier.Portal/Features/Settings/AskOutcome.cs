namespace AImetier.Portal.Features.Settings;

/// <summary>What became of turning Ask before sending off.</summary>
public abstract record AskOutcome
{
    private AskOutcome()
    {
    }

    /// <summary>It is off.</summary>
    public sealed record Off : AskOutcome;

    /// <summary>The password was wrong; it stays as it was.</summary>
    public sealed record WrongPassword : AskOutcome;

    /// <summary>Too many wrong passwords; it stays as it was.</summary>
    /// <param name="RetryAfter">When to try again.</param>
    public sealed record Wait(TimeSpan RetryAfter) : AskOutcome;
}
