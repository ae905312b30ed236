namespace AImetier.Portal.Features.Teammates;

/// <summary>What the confirmation of a removal shows.</summary>
/// <param name="Teammate">The teammate.</param>
/// <param name="Ending">Kind and count of what ends with it.</param>
public sealed record RemovePage(Teammate Teammate, IReadOnlyList<(string Kind, int Count)> Ending);
