using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Host;

/// <summary>Makes clients that follow no redirect. The factory's own clients always follow them, and keep cookies, when Kestrel serves.</summary>
internal static class PlainHttp
{
    /// <summary>A client with its own connections and, when asked, its own cookies.</summary>
    public static HttpClient Create(Uri address, bool cookies)
    {
        var services = new ServiceCollection();
        services.AddHttpClient("plain").ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = cookies });
        var client = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("plain");
        client.BaseAddress = address;
        return client;
    }
}
