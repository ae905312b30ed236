using AImetier.Portal.Data;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.Accounts;

/// <summary>
/// How the Portal's cookies are named and flagged, decided once from the configuration: with an https address they are Secure and carry the
/// <c>__Host-</c> prefix; on plain http (loopback, or <c>Portal:AllowPlainHttp</c>) browsers would refuse both, so they have neither.
/// </summary>
/// <remarks>RFC 6265bis, section 4.1.3.2.</remarks>
public sealed class CookieRules
{
    /// <summary>Reads <c>Portal:PublicUrl</c>; without it, <c>urls</c>.</summary>
    public CookieRules(IOptions<PortalOptions> options, IConfiguration configuration)
    {
        var addresses = options.Value.PublicUrl ?? configuration["urls"] ?? "";
        Secure = addresses.Split(';').All(address => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether people reach the Portal by https only.</summary>
    public bool Secure { get; }

    /// <summary>Flag of every cookie.</summary>
    public CookieSecurePolicy Policy => Secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;

    /// <summary>Name of a cookie.</summary>
    /// <param name="part">Which: empty for the session, else a word.</param>
    public string Name(string part = "")
    {
        var name = part.Length == 0 ? "aimetier" : "aimetier-" + part;
        return Secure ? "__Host-" + name : name;
    }
}
