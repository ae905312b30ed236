using AImetier.Portal.Security;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>Checks what a sender proves itself with, against what its hook asks for.</summary>
/// <param name="secrets">Decrypts secrets.</param>
/// <param name="time">The clock.</param>
public sealed class HookProofCheck(HookSecrets secrets, TimeProvider time)
{
    // A signature for a hook that does not exist is checked all the same, so that the time of the answer does not tell which hooks do.
    private readonly WebhookSecret _decoy = WebhookSecret.Generate();

    /// <summary>Checks a proof.</summary>
    /// <param name="hook">The hook, or null when there is none.</param>
    /// <param name="proof">What was sent.</param>
    /// <param name="body">The raw body, before anything has parsed it.</param>
    /// <returns>Null when the sender is proven; else why not.</returns>
    public HookRefusalReason? Check(IncomingHook? hook, PresentedProof proof, ReadOnlySpan<byte> body)
    {
        var asked = hook is not null && hook.Proof == KindOf(proof) ? hook : null;
        var secret = asked is null ? null : secrets.Read(asked);
        var reason = Verify(proof, secret ?? _decoy, body);
        return proof is PresentedProof.Nothing ? HookRefusalReason.NoProof
            : asked is null ? HookRefusalReason.OtherProof
            : secret is null && asked.Proof != HookProof.Key ? HookRefusalReason.SecretLost
            : reason;
    }

    private HookRefusalReason? Verify(PresentedProof proof, WebhookSecret secret, ReadOnlySpan<byte> body) => proof switch
    {
        PresentedProof.Key => null,
        PresentedProof.Standard(var id, var timestamp, var signatures) => ReasonOf(WebhookSignature.Verify([secret], id, timestamp, signatures, body, time.GetUtcNow())),
        PresentedProof.GitHub(var signature) => ReasonOf(GitHubSignature.Verify(secret, signature, body)),
        _ => HookRefusalReason.KeyRefused,
    };

    private static HookProof? KindOf(PresentedProof proof) => proof switch
    {
        PresentedProof.Key or PresentedProof.RefusedKey => HookProof.Key,
        PresentedProof.Standard => HookProof.StandardWebhooks,
        PresentedProof.GitHub => HookProof.GitHub,
        _ => null,
    };

    private static HookRefusalReason? ReasonOf(SignatureCheck check) => check switch
    {
        SignatureCheck.Good => null,
        SignatureCheck.Mismatch => HookRefusalReason.WrongSignature,
        SignatureCheck.TimestampStale => HookRefusalReason.Stale,
        _ => HookRefusalReason.UnreadableSignature,
    };
}
