using System.Net;
using AImetier.Portal.Data;
using AImetier.Portal.Security;
using CsCheck;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Security;

public sealed class PublicAddressReaderTests
{
    private static readonly string[] Pieces =
    [
        "https://", "http://", "HTTPS://", "//", ":", "@", "/", "\\", "?", "#", "[", "]", "%", "%25", "%00", ".", "..", "。", "-", "_", "localhost", "example.com", "bücher", "xn--", "xn--a-ecp.ru",
        "127.0.0.1", "2130706433", "0x7f", "0177", "::1", "::ffff:", "fe80::1", "443", "99999", "\u200b", "\u202e", "\u00ad", "\ud83c", "😀", "a", "é", " ", "\t", "\0", "１", "①", "ß", "İ",
    ];

    [Theory]
    [InlineData("https://example.com/hooks", "https://example.com/hooks")]
    [InlineData("  https://example.com  ", "https://example.com/")]
    [InlineData("HTTPS://EXAMPLE.com:443/A?b=c&d=%20#part", "https://example.com/A?b=c&d=%20")]
    [InlineData("https://example.com:8443/", "https://example.com:8443/")]
    [InlineData("https://example.com:/", "https://example.com/")]
    [InlineData("https://bücher.example/é", "https://xn--bcher-kva.example/%C3%A9")]
    [InlineData("https://hook_1.example.com/a/../b", "https://hook_1.example.com/b")]
    [InlineData("https://intranet/hooks", "https://intranet/hooks")]
    [InlineData("https://8.8.8.8/", "https://8.8.8.8/")]
    [InlineData("https://1and1.example/", "https://1and1.example/")]
    [InlineData("https://[2606:4700:4700:0::1111]:8443/", "https://[2606:4700:4700::1111]:8443/")]
    public void A_web_address_is_read_as_it_will_be_called(string text, string address) =>
        PublicAddressReader.Read(text, allowHttp: false).ShouldBe(new PublicAddressCheck.Good(new Uri(address)));

    [Fact]
    public void Each_refusal_says_what_is_wrong()
    {
        Read("http://example.com/").ShouldBe(new PublicAddressCheck.NotHttps());
        PublicAddressReader.Read("http://example.com/", allowHttp: true).ShouldBeOfType<PublicAddressCheck.Good>();
        Read("ftp://example.com/").ShouldBe(new PublicAddressCheck.NotHttps());
        PublicAddressReader.Read("ftp://example.com/", allowHttp: true).ShouldBe(new PublicAddressCheck.NotHttps());
        Read(null).ShouldBe(new PublicAddressCheck.Unreadable());
        Read("example.com/hooks").ShouldBe(new PublicAddressCheck.Unreadable());
        Read("https://exam ple.com/").ShouldBe(new PublicAddressCheck.Unreadable());
        Read("https://me:secret@example.com/").ShouldBe(new PublicAddressCheck.HasUserInfo());
        Read("https://example.com./").ShouldBe(new PublicAddressCheck.NotAHostName());
        Read("https://2130706433/").ShouldBe(new PublicAddressCheck.NotAHostName());
        Read("https://[fe80::1%25eth0]/").ShouldBe(new PublicAddressCheck.NotAHostName());
        Read("https://example.com:25/").ShouldBe(new PublicAddressCheck.OtherPort(25));
        Read("https://example.com/" + new string('a', 2_000)).ShouldBe(new PublicAddressCheck.TooLong());
        Read("https://example.com/" + new string('é', 500)).ShouldBe(new PublicAddressCheck.TooLong());
        Read("https://" + string.Join('.', Enumerable.Repeat(new string('a', 60), 5)) + "/").ShouldBe(new PublicAddressCheck.NotAHostName());
        Read("https://" + new string('a', 64) + ".example/").ShouldBe(new PublicAddressCheck.NotAHostName());
    }

    [Fact]
    public void No_text_breaks_the_reader_and_what_it_accepts_it_reads_again_the_same()
    {
        var joined = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 10].Select(string.Concat);
        var texts = Gen.OneOf(joined, joined.Select(text => "https://" + text), Gen.String);
        var accepted = 0;
        texts.Sample(
            text =>
            {
                if (PublicAddressReader.Read(text, allowHttp: false) is not PublicAddressCheck.Good { Address: var address } good)
                    return;
                Interlocked.Increment(ref accepted);
                PublicAddressReader.Read(address.AbsoluteUri, allowHttp: false).ShouldBe(good);
                address.Scheme.ShouldBe("https");
                address.UserInfo.ShouldBeEmpty();
                address.Fragment.ShouldBeEmpty();
                address.AbsoluteUri.ShouldAllBe(character => character > ' ' && character <= '~');
                (address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6).ShouldBe(IPAddress.TryParse(address.IdnHost, out _));
            },
            iter: 100_000);
        accepted.ShouldBeGreaterThan(1_000);
    }

    [Theory]
    [InlineData("1.0.0.0")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("168.63.129.17")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.0.3.0")]
    [InlineData("192.88.98.255")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("198.51.101.0")]
    [InlineData("203.0.114.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2000::1")]
    [InlineData("2001:200::1")]
    [InlineData("2001:db7::1")]
    [InlineData("2001:db9::1")]
    [InlineData("2003::1")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("3ffd::1")]
    [InlineData("3fff:1000::1")]
    public void The_neighbors_of_special_networks_are_public(string address) => SpecialAddresses.IsPublic(IPAddress.Parse(address)).ShouldBeTrue();

    [Fact]
    public void Special_networks_are_not_public()
    {
        foreach (var address in AddressTricks.SpecialNetworks)
            SpecialAddresses.IsPublic(IPAddress.Parse(address)).ShouldBeFalse(address);
        SpecialAddresses.IsPublic(IPAddress.Parse("2606:4700::1%3")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("localhost")]
    [InlineData("")]
    public void A_network_that_is_none_is_named_in_one_line(string network)
    {
        using var egress = new Egress(null, allowHttp: false, "10.0.0.0/8", network);
        StartFailure.Describe(Should.Throw<OptionsValidationException>(() => egress.Guard)).ShouldBe($"Webhooks:AllowedNetworks: '{network}' is not a network such as 10.0.0.0/8 or fd00::/8");
    }

    private static PublicAddressCheck Read(string? text) => PublicAddressReader.Read(text, allowHttp: false);
}
