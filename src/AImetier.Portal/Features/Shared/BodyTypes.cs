namespace AImetier.Portal.Features.Shared;

/// <summary>Metadata of an endpoint that takes a body of no shape of its own: which content types it may have.</summary>
/// <param name="ContentTypes">Content types.</param>
public sealed record BodyTypes(IReadOnlyList<string> ContentTypes);
