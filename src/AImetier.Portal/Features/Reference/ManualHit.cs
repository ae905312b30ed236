namespace AImetier.Portal.Features.Reference;

/// <summary>Something that a search found.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Section">The part of it.</param>
/// <param name="Excerpt">What it says there, in pieces, with those that were looked for marked.</param>
public sealed record ManualHit(ManualTopic Topic, ManualSection Section, IReadOnlyList<(string Text, bool Marked)> Excerpt);
