using AImetier.Portal.Features.Teammates;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>A teammate as the API shows it.</summary>
/// <param name="Id"><c>tm_…</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="Role">Role.</param>
/// <param name="Status"><c>active</c> or <c>paused</c>.</param>
public sealed record TeammateResource(string Id, string Name, string Role, string Status)
{
    /// <summary>The resource of a row.</summary>
    /// <param name="teammate">A teammate that has not been removed.</param>
    public static TeammateResource Of(Teammate teammate) => new(teammate.Id, teammate.Name, teammate.Role, teammate.PausedAt is null ? "active" : "paused");
}
