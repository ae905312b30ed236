using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Carries, through the page "Confirm it's you", the address of the form that waits. It is protected and bound to the session, so only an address that this Portal itself held back is continued.</summary>
/// <param name="provider">The key ring.</param>
public sealed class ConfirmTarget(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("confirm identity, then post");

    private readonly IDataProtector _secrets = provider.CreateProtector("confirm identity, a secret of the form");

    /// <summary>Protects an address.</summary>
    /// <param name="sessionKey">The session it is for.</param>
    /// <param name="address">Path and query of the form.</param>
    public string Protect(string sessionKey, string address) => _protector.Protect($"{sessionKey} {address}");

    /// <summary>Seals a secret of the form for its way through the page.</summary>
    /// <param name="sessionKey">The session it is for.</param>
    /// <param name="secret">What was typed; empty stays empty.</param>
    public string Seal(string sessionKey, string secret) => secret.Length == 0 ? "" : _secrets.CreateProtector(sessionKey).Protect(secret);

    /// <summary>Opens a sealed secret.</summary>
    /// <param name="sessionKey">The session of the request.</param>
    /// <param name="text">From the form.</param>
    /// <returns>The secret, or null when there is none or it is not ours or another session's.</returns>
    public string? Unseal(string sessionKey, string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : _secrets.CreateProtector(sessionKey).Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

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
