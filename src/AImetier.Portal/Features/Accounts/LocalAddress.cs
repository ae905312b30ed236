namespace AImetier.Portal.Features.Accounts;

/// <summary>Addresses inside the Portal: where a browser may be sent after signing in.</summary>
/// <remarks>OWASP Unvalidated Redirects and Forwards Cheat Sheet.</remarks>
public static class LocalAddress
{
    /// <summary>The address when it is inside the Portal, else home.</summary>
    /// <param name="address">What came from outside; null counts as home.</param>
    public static string OrHome(string? address) => IsLocal(address) ? address! : "/";

    // One slash, then no second one in any spelling; browsers drop control characters and read \ as /; beyond ASCII an address is not yet encoded.
    private static bool IsLocal(string? address) =>
        address is ['/', ..] and { Length: <= 2000 }
        && (address.Length == 1 || address[1] is not ('/' or '\\'))
        && !address.Any(character => character is < ' ' or > '~' || character == '\\');
}
