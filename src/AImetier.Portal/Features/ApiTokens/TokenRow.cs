namespace AImetier.Portal.Features.ApiTokens;

/// <summary>What the database says about a key at this moment.</summary>
/// <param name="Hash">PHC string; null once revoked.</param>
/// <param name="Revoked">Whether the key was revoked.</param>
/// <param name="TeammateRemoved">Whether its teammate was removed.</param>
/// <param name="Used">Whether it has been used before.</param>
/// <param name="Principal">Whose key it is.</param>
public sealed record TokenRow(string? Hash, bool Revoked, bool TeammateRemoved, bool Used, TokenPrincipal Principal)
{
    /// <summary>Where SQLite found the rows of key and teammate, the quickest way to find them again; null when they were not read. A vacuum may move them.</summary>
    internal (long Token, long Teammate)? Place { get; init; }
}
