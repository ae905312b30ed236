namespace AImetier.Portal.Features.Accounts;

/// <summary>Why a new password is not taken.</summary>
public enum PasswordProblem
{
    /// <summary>Fewer than 12 characters.</summary>
    TooShort,

    /// <summary>More than 256 characters.</summary>
    TooLong,

    /// <summary>It is on the list of passwords that attackers try first.</summary>
    Common,

    /// <summary>It is the person's e-mail.</summary>
    IsEmail,
}
