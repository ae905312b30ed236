using System.Net;
using AImetier.Portal.Security;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Security;

/// <summary>The guard over a real name server: questions and answers cross the loopback network as DNS.</summary>
public sealed class PublicAddressDnsTests : IDisposable
{
    private readonly LoopbackAliases _aliases = new();
    private readonly DnsServer _dns = new();

    [Fact]
    public async Task A_zone_that_changes_after_saving_makes_no_connection_and_what_is_allowed_arrives()
    {
        using var egress = new Egress(new DnsNames(_dns.EndPoint), allowHttp: true, "127.0.0.2/32");
        var address = $"http://hooks.example.test:{_aliases.Port}/";
        (await egress.Guard.CheckAsync(address, CancellationToken.None)).ShouldBe(new PublicAddressCheck.NameNotFound());
        _dns.Set("hooks.example.test", "8.8.8.8", "2606:4700:4700::1111");
        (await egress.Guard.CheckAsync(address, CancellationToken.None)).ShouldBeOfType<PublicAddressCheck.Good>();

        foreach (var answer in new[] { "127.0.0.1", "10.0.0.5", "::1", "8.8.8.8 127.0.0.1", "127.0.0.2 127.0.0.1", "8.8.8.8 ::1", "::ffff:127.0.0.2", "169.254.169.254" })
        {
            _dns.Set("hooks.example.test", answer.Split(' '));
            (await Should.ThrowAsync<PublicAddressRefusedException>(() => egress.PostAsync(address))).Why.ShouldBe(new PublicAddressCheck.NotPublic(), answer);
        }

        _dns.Set("hooks.example.test");
        (await Should.ThrowAsync<PublicAddressRefusedException>(() => egress.PostAsync(address))).Why.ShouldBe(new PublicAddressCheck.NameNotFound());
        (await _aliases.VisitsAsync()).ShouldBeEmpty();

        _dns.Set("hooks.example.test", "127.0.0.2");
        using var good = await egress.PostAsync(address);
        good.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _aliases.VisitsAsync()).ShouldBe([IPAddress.Parse("127.0.0.2")]);
    }

    public void Dispose()
    {
        _aliases.Dispose();
        _dns.Dispose();
    }
}
