namespace AImetier.Portal.Features.ApiTokens;

/// <summary>A key as lists show it. Nothing of its secret.</summary>
/// <param name="Id">Public id.</param>
/// <param name="TeammateId">The teammate it is for.</param>
/// <param name="Name">Name.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedById">Id of the person who made it.</param>
/// <param name="CreatedByName">Name of that person at the time.</param>
/// <param name="LastUsedAt">Last authenticated call, or null.</param>
/// <param name="RecentCalls">Calls of the last 24 hours.</param>
/// <param name="RevokedAt">When it was revoked, or null.</param>
/// <param name="RevokedById">Id of who revoked it; its own id when the key did; empty for the Portal; null while active.</param>
/// <param name="RevokedByName">Name of who revoked it, at the time.</param>
public sealed record TokenSummary(
    string Id,
    string TeammateId,
    string Name,
    DateTimeOffset CreatedAt,
    string CreatedById,
    string CreatedByName,
    DateTimeOffset? LastUsedAt,
    long RecentCalls,
    DateTimeOffset? RevokedAt,
    string? RevokedById,
    string? RevokedByName)
{
    /// <summary>What lists show of the key.</summary>
    public string Mask => TokenFormat.Mask(Id);
}
