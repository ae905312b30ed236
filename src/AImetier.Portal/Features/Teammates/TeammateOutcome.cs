namespace AImetier.Portal.Features.Teammates;

/// <summary>Outcome of hiring, changing, pausing, resuming or removing a teammate.</summary>
public abstract record TeammateOutcome
{
    private TeammateOutcome()
    {
    }

    /// <summary>Done, or already so.</summary>
    /// <param name="Teammate">The teammate as it is now.</param>
    public sealed record Done(Teammate Teammate) : TeammateOutcome;

    /// <summary>The workspace has no such teammate, or it was removed.</summary>
    public sealed record NotFound : TeammateOutcome;

    /// <summary>What was typed does not fit; nothing was changed.</summary>
    /// <param name="Profile">The checks, at least one of which failed.</param>
    public sealed record Invalid(TeammateProfile Profile) : TeammateOutcome;
}
