namespace AImetier.Portal.Data;

/// <summary>The workspace of the running request or job. Until it is set, filtered queries return nothing.</summary>
public sealed class CurrentWorkspace
{
    /// <summary>Id of the workspace, or null when nobody has been identified.</summary>
    public string? Id { get; private set; }

    /// <summary>Sets the workspace, once per scope.</summary>
    /// <param name="workspaceId">The workspace's id.</param>
    /// <exception cref="InvalidOperationException">Another workspace was set before: a scope never crosses workspaces.</exception>
    public void Set(string workspaceId)
    {
        if (Id is not null && !string.Equals(Id, workspaceId, StringComparison.Ordinal))
            throw new InvalidOperationException("A scope belongs to one workspace.");
        Id = workspaceId;
    }
}
