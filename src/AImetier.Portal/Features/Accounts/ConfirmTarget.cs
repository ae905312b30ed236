using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Carries, through the page "Confirm it's you", the address of the form that waits. It is protected and bound to the session, so only an address that this Portal itself held back is continued.</summary>
/// <param name="provider">The key ring.</param>
public sealed class ConfirmTarget(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("confirm identity, then post");

    /// <summary>Protects an address.</summary>
    /// <param name="sessionKey">The session it is for.</param>
    /// <param name="address">Path and query of the form.</param>
    public string Protect(string sessionKey, string address) => _protector.Protect($"{sessionKey} {address}");

    /// <summary>Reads a protected address.</summary>
    /// <param name="sessionKey">The session of the request.</param>
    /// <param name="text">From the form.</param>
    /// <returns>The address, or null when it is not ours or another session's.</returns>
    public string? Read(string sessionKey, string? text)
    {
        try
        {
            var plain = _protector.Unprotect(text ?? "");
            return plain.StartsWith(sessionKey + " ", StringComparison.Ordinal) ? LocalAddress.OrHome(plain[(sessionKey.Length + 1)..]) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
