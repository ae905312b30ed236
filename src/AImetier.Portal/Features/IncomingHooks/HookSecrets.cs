using System.Security.Cryptography;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.DataProtection;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Makes and reads secrets of hooks, and encrypts them for the database, each hook's by itself: to check a signature, the secret must be readable.</summary>
/// <param name="provider">The key ring.</param>
public sealed class HookSecrets(IDataProtectionProvider provider)
{
    /// <summary>Fewest characters of a pasted secret that is any text: what is shorter can be guessed from one message.</summary>
    public const int ShortestText = 16;

    private const string Purpose = "secret of an incoming hook";
    private const int NewTextLength = 64;

    /// <summary>A new secret.</summary>
    /// <param name="proof">What it is for; not <see cref="HookProof.Key"/>.</param>
    public static WebhookSecret Make(HookProof proof) =>
        proof == HookProof.StandardWebhooks ? WebhookSecret.Generate() : WebhookSecret.OfText(RandomNumberGenerator.GetHexString(NewTextLength, lowercase: true));

    /// <summary>Reads a secret that somebody pasted.</summary>
    /// <param name="proof">What it is for; not <see cref="HookProof.Key"/>.</param>
    /// <param name="text">What was pasted; space around it is left out.</param>
    /// <returns>The secret, or null when it does not fit.</returns>
    public static WebhookSecret? Read(HookProof proof, string text)
    {
        if (proof == HookProof.StandardWebhooks)
            return WebhookSecret.TryParse(text, out var secret) ? secret : null;
        var trimmed = text.Trim();
        return trimmed.Length is >= ShortestText and <= WebhookSecret.LongestText && !trimmed.Any(char.IsControl) ? WebhookSecret.OfText(trimmed) : null;
    }

    /// <summary>Encrypts.</summary>
    /// <param name="hookId">Whose it is.</param>
    /// <param name="secret">The secret.</param>
    public string Protect(string hookId, WebhookSecret secret) => provider.CreateProtector(Purpose, hookId).Protect(secret.Reveal());

    /// <summary>Decrypts the secret of a hook.</summary>
    /// <param name="hook">The hook.</param>
    /// <returns>The secret, or null when there is none or the key ring that encrypted it is lost.</returns>
    public WebhookSecret? Read(IncomingHook hook)
    {
        if (hook.ProtectedSecret is null)
            return null;
        try
        {
            return Read(hook.Proof, provider.CreateProtector(Purpose, hook.Id).Unprotect(hook.ProtectedSecret));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
