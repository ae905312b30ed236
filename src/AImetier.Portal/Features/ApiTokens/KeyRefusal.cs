namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Why a request comes without a good key, and what it is answered where one is needed.</summary>
/// <param name="Code">Code of the problem.</param>
/// <param name="Error"><c>error</c> of <c>WWW-Authenticate</c>, or null.</param>
/// <param name="Detail">What happened and what to do. Never a part of what was sent.</param>
/// <param name="RetryAfter">When to try again, or null.</param>
/// <remarks>RFC 6750, section 3.1.</remarks>
public sealed record KeyRefusal(string Code, string? Error, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>No key was sent.</summary>
    public static KeyRefusal Missing { get; } = new("missing_key", null, "Send 'Authorization: Bearer <key>'. Keys are made in Settings > Developer.");

    /// <summary>A key stood in the address.</summary>
    public static KeyRefusal InAddress { get; } = new(
        "malformed_authorization", "invalid_request", "A key never belongs in an address: it ends up in logs. Send it in the Authorization header, and replace this one.");

    /// <summary>Too many proofs are being made.</summary>
    /// <param name="retryAfter">When to try again.</param>
    public static KeyRefusal Busy(TimeSpan retryAfter) => new("busy", null, "Too many keys are being checked for the first time. Nothing was done; try again.", retryAfter);
}
