namespace AImetier.Portal.Features.Reference;

/// <summary>Marks the resources of the Developer reference's frame; its topics are in English alone.</summary>
public sealed class ReferenceText;
