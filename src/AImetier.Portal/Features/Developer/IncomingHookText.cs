namespace AImetier.Portal.Features.Developer;

/// <summary>Marks the resources of the incoming addresses.</summary>
public sealed class IncomingHookText;
