namespace AImetier.Portal.Features.Accounts;

/// <summary>Section <c>Setup</c>: makes the owner at the first start without a page. All three, or none; <see cref="SetupStart"/> checks them.</summary>
public sealed class SetupOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Setup";

    /// <summary>E-mail of the owner.</summary>
    public string? Email { get; set; }

    /// <summary>Password of the owner, under the rule of <see cref="PasswordRule"/>.</summary>
    public string? Password { get; set; }

    /// <summary>Name of the business.</summary>
    public string? Workspace { get; set; }
}
