using AImetier.Portal.Features.Shared;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Outcome of generating a key.</summary>
public abstract record GenerateOutcome
{
    private GenerateOutcome()
    {
    }

    /// <summary>The key exists. This is the only outcome that carries a secret.</summary>
    /// <param name="Token">As lists show it.</param>
    /// <param name="Plain">The full text, for this one response.</param>
    public sealed record Created(TokenSummary Token, PlainToken Plain) : GenerateOutcome;

    /// <summary>The form was submitted before: its key exists, its text is gone.</summary>
    /// <param name="TokenId">Public id of that key.</param>
    public sealed record AlreadyCreated(string TokenId) : GenerateOutcome;

    /// <summary>The name does not fit.</summary>
    /// <param name="Check">What is wrong with it.</param>
    public sealed record BadName(NameCheck Check) : GenerateOutcome;

    /// <summary>The form did not come from the page: its one-use value is missing.</summary>
    public sealed record BadForm : GenerateOutcome;

    /// <summary>No such teammate in this workspace, or removed.</summary>
    public sealed record NoTeammate : GenerateOutcome;

    /// <summary>Too many hashes are being made; nothing was done.</summary>
    public sealed record Busy : GenerateOutcome;
}
