using System.Net;
using AImetier.Portal.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AImetier.Portal.Tests.Security;

/// <summary>The way out as the Portal registers it, with names and a clock that tests move.</summary>
internal sealed class Egress : IDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="names">What names resolve to; null asks the system.</param>
    /// <param name="allowHttp">Setting <c>Webhooks:AllowHttp</c>.</param>
    /// <param name="networks">Setting <c>Webhooks:AllowedNetworks</c>.</param>
    public Egress(IHostNames? names, bool allowHttp, params string[] networks)
    {
        var settings = networks.Select((network, i) => KeyValuePair.Create($"Webhooks:AllowedNetworks:{i}", (string?)network))
            .Append(new("Webhooks:AllowHttp", allowHttp.ToString()));
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(Clock);
        if (names is not null)
            services.AddSingleton(names);
        _services = services.AddPublicAddresses().BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public PublicAddressGuard Guard => _services.GetRequiredService<PublicAddressGuard>();

    /// <summary>The handler alone.</summary>
    public PublicAddressHandler Handler() => _services.GetRequiredService<PublicAddressHandler>();

    /// <summary>Posts as the sender of webhooks does.</summary>
    public async Task<HttpResponseMessage> PostAsync(string address, Version? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("{}"), Version = version ?? HttpVersion.Version11 };
        using var client = _services.GetRequiredService<IHttpClientFactory>().CreateClient(PublicAddressHandler.ClientName);
        return await client.SendAsync(request);
    }

    public void Dispose() => _services.Dispose();
}
