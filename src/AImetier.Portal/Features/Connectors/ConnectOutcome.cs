namespace AImetier.Portal.Features.Connectors;

/// <summary>What came of connecting a mail server.</summary>
public abstract record ConnectOutcome
{
    private ConnectOutcome()
    {
    }

    /// <summary>The settings count from now on. Nothing was tried with them yet.</summary>
    public sealed record Saved : ConnectOutcome;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Problems">The problem of each field that does not fit, by its name in the form.</param>
    public sealed record Refused(IReadOnlyDictionary<string, ConnectorProblem> Problems) : ConnectOutcome;
}
