namespace AImetier.Portal.Features.Shared;

/// <summary>Marks the resources of the layout and of what several features show.</summary>
public sealed class SharedText;
