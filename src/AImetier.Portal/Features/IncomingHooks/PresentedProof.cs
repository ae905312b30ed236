using AImetier.Portal.Features.ApiTokens;

namespace AImetier.Portal.Features.IncomingHooks;

/// <summary>With what a sender wants to prove itself.</summary>
public abstract record PresentedProof
{
    private PresentedProof()
    {
    }

    /// <summary>With nothing.</summary>
    public sealed record Nothing : PresentedProof;

    /// <summary>With a bearer key that is good now.</summary>
    /// <param name="Token">The key.</param>
    public sealed record Key(TokenPrincipal Token) : PresentedProof;

    /// <summary>With a bearer key that is not accepted.</summary>
    public sealed record RefusedKey : PresentedProof;

    /// <summary>With a signature of Standard Webhooks: the values of its three headers.</summary>
    /// <param name="Id">Value of <c>webhook-id</c>.</param>
    /// <param name="Timestamp">Value of <c>webhook-timestamp</c>.</param>
    /// <param name="Signatures">Value of <c>webhook-signature</c>.</param>
    public sealed record Standard(string Id, string Timestamp, string Signatures) : PresentedProof;

    /// <summary>With a signature as GitHub makes it.</summary>
    /// <param name="Signature">Value of <c>X-Hub-Signature-256</c>.</param>
    public sealed record GitHub(string Signature) : PresentedProof;
}
