namespace AImetier.Portal.Features.Developer;

/// <summary>Marks the resources of Settings &gt; Developer.</summary>
public sealed class DeveloperText;
