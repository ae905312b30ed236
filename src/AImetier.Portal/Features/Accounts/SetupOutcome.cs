using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Accounts;

/// <summary>What came of setting the Portal up.</summary>
public abstract record SetupOutcome
{
    private SetupOutcome()
    {
    }

    /// <summary>The workspace and its owner exist.</summary>
    /// <param name="SessionId">Id for the cookie, or null when no browser was signed in.</param>
    public sealed record Done(string? SessionId) : SetupOutcome
    {
        /// <summary>Prints nothing of the id.</summary>
        public override string ToString() => nameof(Done);
    }

    /// <summary>The code is not the one on the console.</summary>
    public sealed record WrongCode : SetupOutcome;

    /// <summary>Too many wrong codes: nothing was checked.</summary>
    /// <param name="RetryAfter">When the next try is taken.</param>
    public sealed record Wait(TimeSpan RetryAfter) : SetupOutcome;

    /// <summary>Something typed does not fit.</summary>
    /// <param name="Workspace">Outcome for the name of the business.</param>
    /// <param name="EmailFits">Whether the e-mail is one.</param>
    /// <param name="Password">The password's problem, or null.</param>
    public sealed record Invalid(NameCheck Workspace, bool EmailFits, PasswordProblem? Password) : SetupOutcome;

    /// <summary>Somebody was faster: there is an owner.</summary>
    public sealed record AlreadyDone : SetupOutcome;
}
