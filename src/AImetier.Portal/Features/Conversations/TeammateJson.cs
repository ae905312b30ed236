namespace AImetier.Portal.Features.Conversations;

/// <summary>A teammate in answers of the API.</summary>
/// <param name="Id"><c>tm_…</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">Its role.</param>
/// <param name="Status"><c>active</c> or <c>paused</c>.</param>
public sealed record TeammateJson(string Id, string Name, string Role, string Status);
