using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Host;

public sealed class PortalHostTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task Every_answer_carries_a_request_id()
    {
        using var client = portal.Client();
        using var answer = await client.GetAsync(new Uri("/nothing", UriKind.Relative));
        answer.Headers.GetValues("X-Request-Id").Single().ShouldStartWith("req_");
    }
}
