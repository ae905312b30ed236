namespace AImetier.Portal.Security;

/// <summary>Names of the authorization policies and of the claims they read.</summary>
public static class Policies
{
    /// <summary>A person with a session. The default of every page.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>A person who is owner or admin.</summary>
    public const string Admin = "admin";

    /// <summary>A program with a good bearer key. The only way into <c>/api</c> and <c>/mcp</c>.</summary>
    public const string Key = "key";

    /// <summary>Claim with the workspace's id, of people and of keys.</summary>
    public const string WorkspaceClaim = "workspace";

    /// <summary>Authentication scheme of bearer keys.</summary>
    public const string KeyScheme = "Bearer";
}
