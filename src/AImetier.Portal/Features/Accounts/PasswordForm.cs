namespace AImetier.Portal.Features.Accounts;

/// <summary>What is typed to change a password.</summary>
public sealed class PasswordForm
{
    /// <summary>The current password.</summary>
    public string? CurrentPassword { get; set; }

    /// <summary>The new password.</summary>
    public string? NewPassword { get; set; }
}
