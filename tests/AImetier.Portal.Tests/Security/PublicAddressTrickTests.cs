using System.Net;
using System.Net.Sockets;
using AImetier.Portal.Security;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Security;

public sealed class PublicAddressTrickTests : IDisposable
{
    private readonly LoopbackAliases _aliases = new();
    private readonly TestNames _names = AddressTricks.Names();

    [Fact]
    public async Task No_trick_makes_a_connection_at_saving_or_at_sending()
    {
        using var egress = new Egress(_names, allowHttp: true);
        using var sender = new HttpMessageInvoker(egress.Handler());
        using var watch = new ConnectWatch(_aliases.Port);
        var tricks = AddressTricks.Reaching.Concat(AddressTricks.Elsewhere).Select(WithPort).ToList();
        tricks.Count.ShouldBeGreaterThanOrEqualTo(100);
        tricks.ShouldBeUnique();
        foreach (var trick in tricks)
        {
            (await egress.Guard.CheckAsync(trick, CancellationToken.None)).ShouldNotBeOfType<PublicAddressCheck.Good>(trick);
            using var request = new HttpRequestMessage { Method = HttpMethod.Post, RequestUri = Uri.TryCreate(trick, UriKind.RelativeOrAbsolute, out var address) ? address : null };
            await Should.ThrowAsync<PublicAddressRefusedException>(() => sender.SendAsync(request, CancellationToken.None), trick);
        }

        watch.Tries.ShouldBeEmpty();
        (await _aliases.VisitsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_guard_the_same_tricks_arrive()
    {
        using var watch = new ConnectWatch(_aliases.Port);
        using var unguarded = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, ConnectCallback = ConnectAsync });
        var tricks = AddressTricks.Reaching.Where(Arrives).ToList();
        foreach (var trick in tricks.Select(WithPort))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, trick);
            using var answer = await unguarded.SendAsync(request, CancellationToken.None);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, trick);
            (await _aliases.VisitsAsync()).ShouldHaveSingleItem(trick);
        }

        watch.Tries.Count.ShouldBeGreaterThanOrEqualTo(tricks.Count);
    }

    [Fact]
    public async Task What_is_allowed_arrives_by_its_plain_spelling_and_by_name()
    {
        using var egress = new Egress(_names, allowHttp: true, "127.0.0.0/8", "::1/128");
        foreach (var address in new[] { "http://127.0.0.1:{p}/", "http://127.0.0.2:{p}/x?y=z", "http://[::1]:{p}/", "http://[0:0:0:0:0:0:0:1]:{p}/", "http://localhost:{p}/", "http://loop.test:{p}/", "http://bücher.test:{p}/" }.Where(Arrives).Select(WithPort))
        {
            (await egress.Guard.CheckAsync(address, CancellationToken.None)).ShouldBeOfType<PublicAddressCheck.Good>(address);
            using var answer = await egress.PostAsync(address);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            (await _aliases.VisitsAsync()).ShouldHaveSingleItem(address);
        }

        // What is allowed is a network, not every way to write it, and not what else the name leads to.
        foreach (var address in new[] { "http://2130706433:{p}/", "http://0x7f.1:{p}/", "http://[::ffff:127.0.0.1]:{p}/", "http://0.0.0.0:{p}/", "http://mapped.test:{p}/", "http://me@127.0.0.1:{p}/", "http://name2.test:{p}/" }.Select(WithPort))
        {
            (await egress.Guard.CheckAsync(address, CancellationToken.None)).ShouldNotBeOfType<PublicAddressCheck.Good>(address);
            await Should.ThrowAsync<PublicAddressRefusedException>(() => egress.PostAsync(address), address);
        }

        (await _aliases.VisitsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Plain_http_needs_its_own_permission()
    {
        using var egress = new Egress(_names, allowHttp: false, "127.0.0.0/8");
        var address = WithPort("http://127.0.0.1:{p}/");
        (await egress.Guard.CheckAsync(address, CancellationToken.None)).ShouldBe(new PublicAddressCheck.NotHttps());
        (await Should.ThrowAsync<PublicAddressRefusedException>(() => egress.PostAsync(address))).Why.ShouldBe(new PublicAddressCheck.NotHttps());
        (await _aliases.VisitsAsync()).ShouldBeEmpty();
        (await egress.Guard.CheckAsync(WithPort("https://127.0.0.1:{p}/"), CancellationToken.None)).ShouldBeOfType<PublicAddressCheck.Good>();
    }

    [Fact]
    public async Task A_name_that_changes_between_saving_and_sending_is_refused()
    {
        var names = new TestNames().With("changing.test", "8.8.8.8").With("changing.test", "127.0.0.1");
        using var egress = new Egress(names, allowHttp: true);
        var address = WithPort("http://changing.test:{p}/");
        (await egress.Guard.CheckAsync(address, CancellationToken.None)).ShouldBeOfType<PublicAddressCheck.Good>();
        (await Should.ThrowAsync<PublicAddressRefusedException>(() => egress.PostAsync(address))).Why.ShouldBe(new PublicAddressCheck.NotPublic());
        (await _aliases.VisitsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_is_asked_for_once_and_the_connection_goes_to_what_was_checked()
    {
        var names = new TestNames().With("changing.test", "127.0.0.2").With("changing.test", "127.1.2.3");
        using var egress = new Egress(names, allowHttp: true, "127.0.0.2/32");
        using var answer = await egress.PostAsync(WithPort("http://changing.test:{p}/"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        names.Questions.ShouldBe(1);
        (await _aliases.VisitsAsync()).ShouldBe([IPAddress.Parse("127.0.0.2")]);
        (await Should.ThrowAsync<PublicAddressRefusedException>(() => egress.PostAsync(WithPort("http://changing.test:{p}/")))).Why.ShouldBe(new PublicAddressCheck.NotPublic());
        (await _aliases.VisitsAsync()).ShouldBeEmpty();
    }

    public void Dispose() => _aliases.Dispose();

    private static bool Arrives(string trick) => LoopbackAliases.HasIpv6 || !AddressTricks.NeedsIpv6(trick);

    private string WithPort(string trick) => trick.Replace("{p}", $"{_aliases.Port}", StringComparison.Ordinal);

    // What a program does that thinks nothing of it.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var address) ? [address] : await _names.ResolveAsync(host.ToLowerInvariant(), cancellationToken);
        var here = addresses.First(one => IPAddress.IsLoopback(one) || one.Equals(IPAddress.Any) || one.Equals(IPAddress.IPv6Any) || one.IsIPv4MappedToIPv6);
        var socket = new Socket(here.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (here.IsIPv4MappedToIPv6)
            socket.DualMode = true;
        await socket.ConnectAsync(new IPEndPoint(here, context.DnsEndPoint.Port), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
