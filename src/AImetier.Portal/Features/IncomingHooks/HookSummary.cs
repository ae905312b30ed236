namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>A hook as pages show it. Nothing of its secret.</summary>
/// <param name="Id"><c>hk_…</c>.</param>
/// <param name="TeammateId">The teammate that gets the work.</param>
/// <param name="Name">Name.</param>
/// <param name="Template">Template, perhaps empty.</param>
/// <param name="Proof">How the sender proves itself.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="CreatedById">Id of the person who made it.</param>
/// <param name="CreatedByName">Name of that person at the time.</param>
/// <param name="PausedAt">Since when it is paused, or null.</param>
/// <param name="SecretLost">Whether it has a secret that can no longer be decrypted.</param>
/// <param name="LastTakenAt">When something was taken last, or null.</param>
/// <param name="RecentTaken">How much was taken in the last 24 hours.</param>
/// <param name="Taken">How much was taken in all.</param>
public sealed record HookSummary(
    string Id,
    string TeammateId,
    string Name,
    string Template,
    HookProof Proof,
    DateTimeOffset CreatedAt,
    string CreatedById,
    string CreatedByName,
    DateTimeOffset? PausedAt,
    bool SecretLost,
    DateTimeOffset? LastTakenAt,
    int RecentTaken,
    int Taken);
