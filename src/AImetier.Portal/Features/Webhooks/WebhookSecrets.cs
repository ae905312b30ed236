using System.Security.Cryptography;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.DataProtection;

namespace AImetier.Portal.Features.Webhooks;

/// <summary>Encrypts secrets of endpoints for the database; each endpoint's by itself. They cannot be hashed: signing needs them.</summary>
/// <param name="provider">The key ring.</param>
/// <param name="time">The clock.</param>
public sealed class WebhookSecrets(IDataProtectionProvider provider, TimeProvider time)
{
    private const string Purpose = "secret of a webhook";

    /// <summary>Encrypts.</summary>
    /// <param name="endpointId">Whose it is.</param>
    /// <param name="secret">The secret.</param>
    public string Protect(string endpointId, WebhookSecret secret) => provider.CreateProtector(Purpose, endpointId).Protect(secret.Reveal());

    /// <summary>Decrypts what signs for an endpoint now, the newest first.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <returns>One secret, or two while one is being replaced; none when the key ring that encrypted them is lost.</returns>
    public IReadOnlyList<WebhookSecret> Read(WebhookEndpoint endpoint)
    {
        if (Read(endpoint.Id, endpoint.ProtectedSecret) is not { } secret)
            return [];
        return endpoint.PreviousSecretUntil > time.GetUtcNow() && Read(endpoint.Id, endpoint.PreviousProtectedSecret) is { } previous
            ? [secret, previous]
            : [secret];
    }

    private WebhookSecret? Read(string endpointId, string? protectedSecret)
    {
        if (protectedSecret is null)
            return null;
        try
        {
            return WebhookSecret.TryParse(provider.CreateProtector(Purpose, endpointId).Unprotect(protectedSecret), out var secret) ? secret : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
