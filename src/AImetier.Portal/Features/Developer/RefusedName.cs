namespace AImetier.Portal.Features.Developer;

/// <summary>A name that was refused: it stays in its field, so that nothing typed is lost.</summary>
/// <param name="TokenId">The key to be renamed, or null for the key to be made.</param>
/// <param name="Typed">What was typed.</param>
/// <param name="Error">The sentence why.</param>
public sealed record RefusedName(string? TokenId, string Typed, string Error);
