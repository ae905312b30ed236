using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AImetier.Portal.Features.Connectors;

/// <summary>Which certificates of mail servers are trusted: those the machine trusts, and those of additional roots. There is no way to trust all.</summary>
/// <param name="additionalRoots">Roots beside the machine's own; for the given name only, like every other.</param>
/// <remarks>Revocation lists are not asked, as browsers and HttpClient do not: one that cannot be reached would stop all mail.</remarks>
public sealed class MailTrust(params X509Certificate2[] additionalRoots)
{
    // RFC 5280, 4.2.1.12: id-kp-serverAuth.
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Whether to speak to the holder of a certificate.</summary>
    /// <param name="certificate">What the server showed.</param>
    /// <param name="chain">What came with it.</param>
    /// <param name="errors">What the machine says about it.</param>
    public bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;

        // A wrong name is wrong under every root.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || additionalRoots.Length == 0 || certificate is not X509Certificate2 shown)
            return false;

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(additionalRoots);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        return own.Build(shown);
    }
}
