namespace AImetier.Portal.Features.Shared;

/// <summary>Metadata of an endpoint that reads its JSON body by hand: what the body looks like.</summary>
/// <param name="Type">Has the body's properties.</param>
public sealed record JsonRequest(Type Type);
