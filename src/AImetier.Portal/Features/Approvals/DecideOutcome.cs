using AImetier.Portal.Features.Connectors;

namespace AImetier.Portal.Features.Approvals;

/// <summary>Outcome of a person's act on an approval.</summary>
public abstract record DecideOutcome
{
    private DecideOutcome()
    {
    }

    /// <summary>It is done.</summary>
    /// <param name="Approval">The row as it is now.</param>
    public sealed record Done(Approval Approval) : DecideOutcome;

    /// <summary>The workspace has no such approval.</summary>
    public sealed record NotFound : DecideOutcome;

    /// <summary>Somebody was faster, or it expired: the act does not fit its state any more. Nothing was changed.</summary>
    /// <param name="Approval">The row as it is now.</param>
    public sealed record TooLate(Approval Approval) : DecideOutcome;

    /// <summary>It was edited after the page was read: the person has not seen what would leave. Nothing was changed.</summary>
    /// <param name="Approval">The row as it is now.</param>
    public sealed record Changed(Approval Approval) : DecideOutcome;

    /// <summary>There is nothing to send it with; it stays waiting.</summary>
    public sealed record NoConnector : DecideOutcome;

    /// <summary>The edited content does not fit; nothing was changed.</summary>
    /// <param name="Problems">Problems by field.</param>
    public sealed record BadContent(IReadOnlyDictionary<string, EmailProblem> Problems) : DecideOutcome;

    /// <summary>The word to the teammate is too long or no text; nothing was changed.</summary>
    public sealed record BadReason : DecideOutcome;
}
