using AImetier.Portal.Security;
using NetEscapades.AspNetCore.SecurityHeaders;
using Scalar.AspNetCore;

namespace AImetier.Portal.Features.Reference;

/// <summary>The page on which calls are tried, by Scalar. Nothing of it comes from elsewhere, asks elsewhere or is kept: fonts, telemetry, its agent and its developer tools are off.</summary>
public static class TryCalls
{
    private const string Address = "/developers/try";

    /// <summary>Maps the page and its script.</summary>
    /// <param name="routes">The application.</param>
    public static void MapTryCalls(this IEndpointRouteBuilder routes) =>
        routes.MapScalarApiReference(Address, Configure).AllowAnonymous().WithSecurityHeadersPolicy(SecurityHeaders.ForTryCalls);

    private static void Configure(ScalarOptions options, HttpContext context) => options
        .WithNonce(context.GetNonce())
        .WithTitle("AImetier for developers")
        .WithFavicon("/favicon.svg")
        .AddDocument(ReferenceServices.Document, routePattern: ReferenceServices.Address)
        .WithTheme(ScalarTheme.None)
        .WithDefaultHttpClient(ScalarTarget.Shell, ScalarClient.Curl)
        .HideClientButton()
        .DisableDefaultFonts()
        .DisableTelemetry()
        .DisableAgent()
        .DisableMcp()
        .HideDeveloperTools()
        .HideDocumentDownload();
}
