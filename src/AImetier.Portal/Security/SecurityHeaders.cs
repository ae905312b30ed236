namespace AImetier.Portal.Security;

/// <summary>Response headers of every page and answer: a strict Content-Security-Policy and its companions.</summary>
/// <remarks>OWASP HTTP Security Response Headers Cheat Sheet.</remarks>
public static class SecurityHeaders
{
    /// <summary>
    /// The one exception, for the page on which calls are tried: its tool writes styles into the page, and starts from a script inside it, which
    /// the policy knows by a number made for that answer alone.
    /// </summary>
    public const string ForTryCalls = "TryCalls";

    /// <summary>Adds the headers before anything can answer.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UsePortalSecurityHeaders(this IApplicationBuilder app) => app.UseSecurityHeaders();

    /// <summary>Adds the rules: strict, and the exception by its name.</summary>
    /// <param name="services">The container.</param>
    internal static void AddHeaderPolicies(this IServiceCollection services) => services.AddSecurityHeaderPolicies()
        .SetDefaultPolicy(policy => Add(policy, forTryCalls: false))
        .AddPolicy(ForTryCalls, policy => Add(policy, forTryCalls: true));

    private static void Add(HeaderPolicyCollection policy, bool forTryCalls) => policy
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyNoReferrer()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .AddStrictTransportSecurityMaxAge(maxAgeInSeconds: 60 * 60 * 24 * 365)
        .AddPermissionsPolicy(features =>
        {
            features.AddAccelerometer().None();
            features.AddCamera().None();
            features.AddDisplayCapture().None();
            features.AddEncryptedMedia().None();
            features.AddGeolocation().None();
            features.AddGyroscope().None();
            features.AddMagnetometer().None();
            features.AddMicrophone().None();
            features.AddMidi().None();
            features.AddPayment().None();
            features.AddUsb().None();
        })
        .AddContentSecurityPolicy(csp =>
        {
            csp.AddDefaultSrc().None();
            csp.AddBaseUri().None();
            csp.AddConnectSrc().Self();
            csp.AddFontSrc().Self();
            csp.AddFormAction().Self();
            csp.AddFrameAncestors().None();
            csp.AddImgSrc().Self();
            csp.AddManifestSrc().Self();
            csp.AddObjectSrc().None();
            if (forTryCalls)
            {
                csp.AddScriptSrc().Self().WithNonce();
                csp.AddStyleSrc().Self().UnsafeInline();
            }
            else
            {
                csp.AddScriptSrc().Self();
                csp.AddStyleSrc().Self();
            }
        })
        .RemoveServerHeader();
}
