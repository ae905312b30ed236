using AImetier.Portal.Features.ApiTokens;

namespace AImetier.Portal.Features.Developer;

/// <summary>One row of the list.</summary>
/// <param name="Token">The key, without its secret.</param>
/// <param name="MadeByReader">Whether the person who looks made it.</param>
/// <param name="RevokedByReader">Whether the person who looks revoked it.</param>
/// <param name="New">The amber block, when the key has just been made; else null.</param>
/// <param name="Rename">What was typed and refused as its new name, with the sentence why; else null.</param>
public sealed record TokenRowViewModel(TokenSummary Token, bool MadeByReader, bool RevokedByReader, NewTokenViewModel? New, RefusedName? Rename)
{
    /// <summary>How many things that it asked for still wait for an OK; for revoked keys.</summary>
    public int Waiting { get; init; }
}
