namespace AImetier.Portal.Features.ApiTokens;

/// <summary>One page of a teammate's keys, newest first.</summary>
/// <param name="Tokens">At most <see cref="Size"/>.</param>
/// <param name="Next">Where the next page begins, or null on the last.</param>
public sealed record TokenPage(IReadOnlyList<TokenSummary> Tokens, string? Next)
{
    /// <summary>Keys on a page.</summary>
    public const int Size = 50;
}
