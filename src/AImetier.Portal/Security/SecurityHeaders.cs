namespace AImetier.Portal.Security;

/// <summary>Response headers of every page and answer: a strict Content-Security-Policy and its companions.</summary>
/// <remarks>OWASP HTTP Security Response Headers Cheat Sheet.</remarks>
public static class SecurityHeaders
{
    /// <summary>Adds the headers before anything can answer.</summary>
    /// <param name="app">The pipeline.</param>
    public static IApplicationBuilder UsePortalSecurityHeaders(this IApplicationBuilder app) => app.UseSecurityHeaders(Collection());

    private static HeaderPolicyCollection Collection() => new HeaderPolicyCollection()
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
            csp.AddScriptSrc().Self();
            csp.AddStyleSrc().Self();
        })
        .RemoveServerHeader();
}
