namespace AImetier.Portal.Features.Shared;

/// <summary>Links of a long list that is read from its newest row downwards.</summary>
/// <param name="First">Address of the newest rows, or null when they are shown.</param>
/// <param name="Next">Address of the rows after the last one shown, or null when there are none.</param>
public sealed record PagerLinks(string? First, string? Next);
