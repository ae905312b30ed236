namespace AImetier.Portal.Features.Mcp;

/// <summary>A client that called, as it named itself; cleaned and bounded.</summary>
/// <param name="Name">Its name, or null where the request said none.</param>
/// <param name="Version">Its version, or null.</param>
/// <param name="Revision">Protocol revision of the request, or null.</param>
/// <param name="UserAgent">The request's <c>User-Agent</c>, or nothing.</param>
/// <param name="At">When.</param>
internal sealed record ClientSighting(string? Name, string? Version, string? Revision, string UserAgent, DateTimeOffset At);
