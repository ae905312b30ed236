using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>A site without any of the Portal's care: its page shows a secret to every GET and lets the browser keep it. What finds nothing in the Portal must find it here.</summary>
public sealed class ForgetfulSite : IAsyncDisposable
{
    private readonly WebApplication _site;

    private ForgetfulSite(string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _site = builder.Build();
        _site.MapGet("/{page}", (HttpContext context, string page) =>
        {
            context.Response.Headers.CacheControl = "max-age=600";
            return Results.Content($"<!doctype html><title>{page}</title><p>{(page == "key" ? secret : "")}</p>", "text/html");
        });
    }

    /// <summary>The page with the secret.</summary>
    public string Page => $"{_site.Urls.First()}/key";

    /// <summary>Another page.</summary>
    public string Other => $"{_site.Urls.First()}/other";

    /// <summary>Starts the site.</summary>
    public static async Task<ForgetfulSite> StartAsync(string secret)
    {
        var site = new ForgetfulSite(secret);
        await site._site.StartAsync();
        return site;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _site.DisposeAsync();
}
