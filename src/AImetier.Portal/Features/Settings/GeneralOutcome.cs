using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.Settings;

/// <summary>Outcome of saving Settings &gt; General.</summary>
public abstract record GeneralOutcome
{
    private GeneralOutcome()
    {
    }

    /// <summary>What was typed is now true.</summary>
    public sealed record Saved : GeneralOutcome;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Name">What is wrong with the name, or null.</param>
    /// <param name="UnknownLanguage">The Portal does not speak the language.</param>
    /// <param name="UnknownTimeZone">This machine does not know the time zone.</param>
    public sealed record Refused(NameCheck? Name, bool UnknownLanguage, bool UnknownTimeZone) : GeneralOutcome;
}
