namespace AImetier.Portal.Features.Accounts;

/// <summary>What is typed on the sign-in page.</summary>
public sealed class SignInForm
{
    /// <summary>E-mail.</summary>
    public string? Email { get; set; }

    /// <summary>Password.</summary>
    public string? Password { get; set; }

    /// <summary>Where to go afterwards; only addresses inside the Portal count.</summary>
    public string? ReturnUrl { get; set; }
}
