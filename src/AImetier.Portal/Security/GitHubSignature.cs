using System.Security.Cryptography;

namespace AImetier.Portal.Security;

/// <summary>Checks GitHub's signature of a webhook: <c>sha256=</c> and the hexadecimal HMAC-SHA256 of the raw body. It carries no time.</summary>
/// <remarks>GitHub Docs, "Validating webhook deliveries".</remarks>
public static class GitHubSignature
{
    /// <summary>Header with the signature.</summary>
    public const string Header = "X-Hub-Signature-256";

    private const string Version = "sha256=";

    /// <summary>Checks what a message came with.</summary>
    /// <param name="secret">The secret that both sides know.</param>
    /// <param name="signature">Value of <see cref="Header"/>.</param>
    /// <param name="body">The raw body, before anything has parsed it.</param>
    /// <returns>Good, SignatureMissing, OtherVersion, SignatureUnreadable or Mismatch.</returns>
    public static SignatureCheck Verify(WebhookSecret secret, string? signature, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(signature))
            return new SignatureCheck.SignatureMissing();
        if (!signature.StartsWith(Version, StringComparison.Ordinal))
            return new SignatureCheck.OtherVersion();
        var hexadecimal = signature.AsSpan(Version.Length);
        var given = new byte[HMACSHA256.HashSizeInBytes];
        if (hexadecimal.Length != given.Length * 2 || Convert.FromHexString(hexadecimal, given, out _, out _) != System.Buffers.OperationStatus.Done)
            return new SignatureCheck.SignatureUnreadable();
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(secret.Key, body), given) ? new SignatureCheck.Good() : new SignatureCheck.Mismatch();
    }

    /// <summary>The text of <see cref="Header"/>, for showing how a sender makes it.</summary>
    /// <param name="secret">The secret that both sides know.</param>
    /// <param name="body">Exactly the bytes that are sent.</param>
    public static string Sign(WebhookSecret secret, ReadOnlySpan<byte> body) => Version + Convert.ToHexStringLower(HMACSHA256.HashData(secret.Key, body));
}
