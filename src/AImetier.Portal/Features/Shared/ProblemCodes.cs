namespace AImetier.Portal.Features.Shared;

/// <summary>Metadata of an endpoint: problems it may answer with.</summary>
/// <param name="Codes">Keys of <see cref="ApiProblem.All"/>.</param>
public sealed record ProblemCodes(IReadOnlyList<string> Codes);
