using System.Text.Encodings.Web;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Localization;
using NetEscapades.AspNetCore.SecurityHeaders;
using Scalar.AspNetCore;

namespace AImetier.Portal.Features.Reference;

/// <summary>
/// The page on which calls are tried, by Scalar. Nothing of it comes from elsewhere or asks elsewhere: fonts, telemetry, its agent and its developer
/// tools are off. A key that is typed in is not kept.
/// </summary>
public static class TryCalls
{
    private const string Address = "/developers/try";
    private const string Style = "/css/manual-try.css";

    /// <summary>Maps the page and its script.</summary>
    /// <param name="routes">The application.</param>
    public static void MapTryCalls(this IEndpointRouteBuilder routes) =>
        routes.MapScalarApiReference(Address, Configure).AllowAnonymous().WithSecurityHeadersPolicy(SecurityHeaders.ForTryCalls);

    /// <summary>Where an operation is on the page.</summary>
    /// <param name="operation">The operation.</param>
    internal static string LinkTo(ApiDescription.Operation operation) =>
        $"{ManualFill.ExampleAddress}{Address}#tag/{operation.Tag.ToLowerInvariant()}/{operation.Method}{operation.Path}";

    private static void Configure(ScalarOptions options, HttpContext context)
    {
        var text = context.RequestServices.GetRequiredService<IStringLocalizer<ReferenceText>>();
        var versions = context.RequestServices.GetRequiredService<IFileVersionProvider>();
        options
            .WithNonce(context.GetNonce())
            .WithTitle(text["Page.Title", text["Try"].Value])
            .AddHeadContent($"<link rel=\"stylesheet\" href=\"{versions.AddFileVersionToPath("", "/css/tokens.css")}\"><link rel=\"stylesheet\" href=\"{versions.AddFileVersionToPath("", Style)}\">")
            .AddHeaderContent($"<header class=\"way-back\"><a href=\"/developers\">{HtmlEncoder.Default.Encode(text["Title"])}</a></header>")
            .WithLocalization(new ScalarLocalizationOptions { Locale = PageLanguage.Current })
            .WithFavicon("/favicon.svg")
            .AddDocument(ReferenceServices.Document, routePattern: ReferenceServices.Address)
            .WithTheme(ScalarTheme.None)
            .WithDefaultHttpClient(ScalarTarget.Shell, ScalarClient.Curl)
            .HideClientButton()
            .HideDocumentDownload()
            .HideDeveloperTools()
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp();
    }
}
