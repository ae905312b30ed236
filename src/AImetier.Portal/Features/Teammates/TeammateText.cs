namespace AImetier.Portal.Features.Teammates;

/// <summary>Marks the resources of the teammate pages.</summary>
public sealed class TeammateText;
