namespace AImetier.Portal.Features.Accounts;

/// <summary>What is typed on the page of a reset link.</summary>
public sealed class ResetForm
{
    /// <summary>Code of the link.</summary>
    public string? Code { get; set; }

    /// <summary>The new password.</summary>
    public string? Password { get; set; }
}
