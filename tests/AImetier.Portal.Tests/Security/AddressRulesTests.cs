using System.Net;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Security;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("Portal:PublicUrl is needed", "http://0.0.0.0:0")]
    [InlineData("Portal:PublicUrl is needed", "http://*:0")]
    [InlineData("Portal:PublicUrl is needed", "http://[::]:0")]
    [InlineData("Portal:AllowPlainHttp", "http://0.0.0.0:0", "--Portal:PublicUrl", "https://portal.example.com")]
    [InlineData("is not a network", "http://127.0.0.1:0", "--Proxies:Trusted:0", "10.0.0.1/99")]
    public async Task An_address_open_to_others_needs_to_be_told_how(string sentence, string address, params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("portal-address-");
        using var program = PortalProcess.Start(["--urls", address, "--Portal:DataDirectory", data.FullName, .. settings]);
        var (exitCode, _, error) = await program.EndAsync();
        exitCode.ShouldBe(1);
        error.ShouldContain(sentence);
        error.Trim().Split('\n').Length.ShouldBe(1);
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task Only_our_own_host_names_are_answered()
    {
        using var portal = new PortalHost();
        (await RawHttp.GetAsync(portal.Address, "/health/live", "X-Nothing: 1")).Status.ShouldBe(200);
        using var client = portal.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = "evil.test";
        using var refused = await client.SendAsync(request);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Forwarded_headers_count_from_a_trusted_proxy_and_from_nobody_else()
    {
        using var trusting = new PortalHost().With("Proxies:Trusted:0", "127.0.0.0/8");
        using var wary = new PortalHost();
        foreach (var (portal, scheme) in new[] { (trusting, "https"), (wary, "http") })
        {
            using var client = portal.Client();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
            request.Headers.Add("X-Forwarded-Proto", "https");
            using var answer = await client.SendAsync(request);
            (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"type\":\"{scheme}://");
        }
    }
}
