namespace AImetier.Portal.Features.Activity;

/// <summary>Who does something: a person, a key, or the Portal itself.</summary>
/// <param name="WorkspaceId">The workspace it happens in.</param>
/// <param name="Kind">Person, key or system.</param>
/// <param name="Id">Id of the person or key; empty for the system.</param>
/// <param name="Name">Name at that moment, for people to read.</param>
public sealed record Actor(string WorkspaceId, ActorKind Kind, string Id, string Name)
{
    /// <summary>The Portal itself.</summary>
    /// <param name="workspaceId">The workspace it acts in.</param>
    public static Actor System(string workspaceId) => new(workspaceId, ActorKind.System, "", "");
}
