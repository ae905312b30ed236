using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AImetier.Portal.Features.Connectors;

/// <summary>Encrypts the mail server's password for the database; each workspace's by itself.</summary>
/// <param name="provider">The key ring.</param>
public sealed class MailPassword(IDataProtectionProvider provider)
{
    private const string Purpose = "password of the mail server";

    /// <summary>Encrypts.</summary>
    /// <param name="workspaceId">Whose it is.</param>
    /// <param name="password">The password.</param>
    public string Protect(string workspaceId, string password) => provider.CreateProtector(Purpose, workspaceId).Protect(password);

    /// <summary>Decrypts the password of a connector.</summary>
    /// <param name="connector">A connector with a user.</param>
    /// <returns>The password, or null when there is none or the key ring that encrypted it is lost.</returns>
    public string? Read(EmailConnector connector)
    {
        if (connector.ProtectedPassword is null)
            return null;
        try
        {
            return provider.CreateProtector(Purpose, connector.WorkspaceId).Unprotect(connector.ProtectedPassword);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
