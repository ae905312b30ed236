using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class CookieTests
{
    [Fact]
    public async Task On_loopback_http_cookies_have_no_prefix_and_are_not_secure()
    {
        using var portal = new PortalHost();
        var cookies = await CookiesAsync(portal);
        foreach (var name in new[] { "aimetier", "aimetier-form", "aimetier-language" })
        {
            var cookie = cookies.Single(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal)).ToLowerInvariant();
            cookie.ShouldNotContain("secure");
            cookie.ShouldContain("httponly");
            cookie.ShouldContain("samesite=lax");
        }
    }

    [Fact]
    public async Task With_an_https_address_every_cookie_is_bound_to_it()
    {
        using var portal = new PortalHost().With("Portal:PublicUrl", "https://portal.bakery.test");
        var cookies = await CookiesAsync(portal);
        cookies.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var cookie in cookies)
        {
            cookie.ShouldStartWith("__Host-aimetier");
            var flags = cookie.ToLowerInvariant();
            flags.ShouldContain("; secure");
            flags.ShouldContain("; httponly");
            flags.ShouldContain("; samesite=lax");
            flags.ShouldContain("; path=/");
            flags.ShouldNotContain("domain=");
        }
    }

    // A browser would not send Secure cookies back over http, so they are carried by hand.
    private static async Task<List<string>> CookiesAsync(PortalHost portal)
    {
        using var client = portal.Client();
        using var page = await client.GetAsync(new Uri("/account/sign-in", UriKind.Relative));
        var set = page.Headers.GetValues("Set-Cookie").ToList();
        using var browser = new PortalBrowser(portal);
        var document = await browser.ReadPageAsync(page);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["__RequestVerificationToken"] = document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
            ["Email"] = PortalHost.OwnerEmail,
            ["Password"] = portal.OwnerPassword,
            ["culture"] = "fr",
        };
        foreach (var path in new[] { "/account/sign-in", "/account/language" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new FormUrlEncodedContent(fields) };
            request.Headers.Add("Cookie", set[0].Split(';')[0]);
            using var answer = await client.SendAsync(request);
            ((int)answer.StatusCode).ShouldBe(302);
            set.AddRange(answer.Headers.GetValues("Set-Cookie"));
        }

        return set;
    }
}
