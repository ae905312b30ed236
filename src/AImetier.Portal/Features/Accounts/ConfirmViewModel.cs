using Microsoft.Extensions.Primitives;

namespace AImetier.Portal.Features.Accounts;

/// <summary>The page "Confirm it's you", with the form that waits behind it.</summary>
/// <param name="To">Protected address of the form.</param>
/// <param name="Next">What happens after the password, in words.</param>
/// <param name="Fields">Fields of the form, to be repeated as they were.</param>
/// <param name="Error">What was wrong with the last try, or null.</param>
public sealed record ConfirmViewModel(string To, string Next, IReadOnlyList<KeyValuePair<string, string>> Fields, string? Error)
{
    /// <summary>Field of the password.</summary>
    public const string PasswordField = "__confirm-password";

    /// <summary>Field of the protected address.</summary>
    public const string ToField = "__confirm-to";

    /// <summary>Field of the sentence about what happens next.</summary>
    public const string NextField = "__confirm-next";

    private static readonly HashSet<string> Own = new(StringComparer.Ordinal) { PasswordField, ToField, NextField, "__RequestVerificationToken" };

    /// <summary>The fields of a form that are not this page's own.</summary>
    /// <param name="form">What was posted.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Carried(IEnumerable<KeyValuePair<string, StringValues>> form) =>
        [.. from field in form where !Own.Contains(field.Key) from value in field.Value select KeyValuePair.Create(field.Key, value ?? "")];
}
