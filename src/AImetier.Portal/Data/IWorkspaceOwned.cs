namespace AImetier.Portal.Data;

/// <summary>A row of one workspace. The context filters every query over such rows by the current workspace.</summary>
public interface IWorkspaceOwned
{
    /// <summary>Id of the workspace, <c>ws_…</c>.</summary>
    string WorkspaceId { get; }
}
