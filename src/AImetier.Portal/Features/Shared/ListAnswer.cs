namespace AImetier.Portal.Features.Shared;

/// <summary>A part of a list in answers of the API.</summary>
/// <param name="Data">The entries.</param>
/// <param name="NextCursor">Where the next part begins, or null at the end.</param>
public sealed record ListAnswer<T>(IReadOnlyList<T> Data, string? NextCursor);
