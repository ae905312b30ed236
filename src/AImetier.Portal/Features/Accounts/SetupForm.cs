namespace AImetier.Portal.Features.Accounts;

/// <summary>What is typed on the set-up page.</summary>
public sealed class SetupForm
{
    /// <summary>Name of the business.</summary>
    public string? WorkspaceName { get; set; }

    /// <summary>E-mail of the owner.</summary>
    public string? Email { get; set; }

    /// <summary>Password of the owner.</summary>
    public string? Password { get; set; }

    /// <summary>The one-time code from the console.</summary>
    public string? Code { get; set; }
}
