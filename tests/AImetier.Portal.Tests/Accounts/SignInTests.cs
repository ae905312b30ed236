using System.Net;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

public sealed class SignInTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task The_owner_of_the_unattended_set_up_signs_in()
    {
        using var browser = new PortalBrowser(portal);
        using var answer = await browser.TrySignInAsync(PortalHost.OwnerEmail, portal.OwnerPassword);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/");
        using var home = await browser.GetAsync("/");
        home.Headers.Location!.ToString().ShouldBe("/teammates");
    }
}
