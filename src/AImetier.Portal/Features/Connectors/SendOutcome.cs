namespace AImetier.Portal.Features.Connectors;

/// <summary>How sending ended.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The other side has taken it.</summary>
    public sealed record Sent : SendOutcome;

    /// <summary>It was written into the practice outbox. It has not left.</summary>
    public sealed record Saved : SendOutcome;

    /// <summary>It has surely not left.</summary>
    /// <param name="Failure">Why.</param>
    /// <param name="Detail">The server's own words, or null; at most 300 characters.</param>
    public sealed record Failed(SendFailure Failure, string? Detail) : SendOutcome;

    /// <summary>The connection was lost when it may already have left.</summary>
    public sealed record Uncertain : SendOutcome;

    /// <summary>There is no connector (any more); nothing was tried.</summary>
    public sealed record NotConnected : SendOutcome;
}
