using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Conversations;

/// <summary>Outcome of calling a conversation something else.</summary>
public abstract record ChatTitleOutcome
{
    private ChatTitleOutcome()
    {
    }

    /// <summary>It is called so now.</summary>
    public sealed record Renamed : ChatTitleOutcome;

    /// <summary>The title does not fit; nothing was changed.</summary>
    /// <param name="Check">Why.</param>
    public sealed record Refused(NameCheck Check) : ChatTitleOutcome;

    /// <summary>The person has no such conversation.</summary>
    public sealed record NotFound : ChatTitleOutcome;
}
