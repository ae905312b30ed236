namespace AImetier.Portal.Features.NeedsAttention;

/// <summary>The page of one approval.</summary>
/// <param name="Row">The approval and what surrounds it.</param>
/// <param name="ByReader">Whether the person who looks decided it.</param>
/// <param name="Hidden">How many characters of it cannot be seen.</param>
/// <param name="Sender">Whom a waiting one would come from, or null while nothing is connected.</param>
/// <param name="PlainDomain">The ASCII form of the recipient's domain when it is written with other letters, else null.</param>
/// <param name="Problem">What kept the last act from being done, or null.</param>
/// <param name="Reason">What was typed as a word to the teammate and refused, or null.</param>
public sealed record ApprovalPage(AttentionRow Row, bool ByReader, int Hidden, string? Sender, string? PlainDomain, string? Problem = null, string? Reason = null);
