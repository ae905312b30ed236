namespace AImetier.Portal.Features.Accounts;

/// <summary>What makes a workspace and its owner.</summary>
/// <param name="Workspace">Name of the business.</param>
/// <param name="Email">E-mail of the owner.</param>
/// <param name="Password">Password of the owner.</param>
public sealed record SetupRequest(string Workspace, string Email, string Password)
{
    /// <summary>Prints no password.</summary>
    public override string ToString() => $"{Workspace}, {Email}";
}
