namespace AImetier.Portal.Tests.Security;

/// <summary>Ways to make a program call an address that it should not. <c>{p}</c> stands for the port where <see cref="LoopbackAliases"/> listens.</summary>
internal static class AddressTricks
{
    /// <summary>Those that lead a client without a guard to this machine, whatever it runs on.</summary>
    public static readonly string[] Reaching =
    [
        // This machine, plainly and by every number that parsers take for it.
        "http://127.0.0.1:{p}/", "http://127.0.0.2:{p}/", "http://127.1.2.3:{p}/", "http://127.255.255.254:{p}/", "http://127.1:{p}/", "http://127.0.1:{p}/",
        "http://2130706433:{p}/", "http://2130706434:{p}/", "http://0x7f000001:{p}/", "http://0x7F.0x0.0x0.0x1:{p}/", "http://0x7f.1:{p}/", "http://0177.0.0.1:{p}/",
        "http://017700000001:{p}/", "http://0177.0x0.1:{p}/", "http://0000177.0.0.01:{p}/", "http://0.0.0.0:{p}/", "http://0:{p}/", "http://0x0:{p}/",

        // Digits, letters and dots that become ASCII on the way.
        "http://１２７.０.０.１:{p}/", "http://127。0。0。1:{p}/", "http://127．0．0．1:{p}/", "http://127｡0｡0｡1:{p}/", "http://①②⑦.⓪.⓪.①:{p}/",
        "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{p}/", "http://ｌｏｃａｌｈｏｓｔ:{p}/", "http://LOCALHOST:{p}/", "http://localhost:{p}/", "http://loc\u00adalhost:{p}/",

        // IPv6 and what it says of IPv4.
        "http://[::1]:{p}/", "http://[0:0:0:0:0:0:0:1]:{p}/", "http://[0000:0000:0000:0000:0000:0000:0000:0001]:{p}/", "http://[::0.0.0.1]:{p}/", "http://[::]:{p}/",
        "http://[::ffff:127.0.0.1]:{p}/", "http://[::ffff:7f00:2]:{p}/", "http://[0:0:0:0:0:ffff:127.1.2.3]:{p}/", "http://[::FFFF:7FFF:FFFE]:{p}/",

        // Somebody else's name in front.
        "http://me@127.0.0.1:{p}/", "http://me:secret@127.0.0.1:{p}/", "http://example.com@127.0.0.1:{p}/", "http://example.com:443@127.0.0.1:{p}/", "http://@127.0.0.1:{p}/",
        "http://127.0.0.1:{p}#@example.com/", "http://127.0.0.1:{p}?@example.com/",

        // Names of strangers that lead here.
        "http://loop.test:{p}/", "http://LOOP.test:{p}/", "http://second.test:{p}/", "http://six.test:{p}/", "http://any.test:{p}/", "http://any6.test:{p}/", "http://mapped.test:{p}/",
        "http://bücher.test:{p}/", "http://127.0.0.1.nip.test:{p}/", "http://mixed.test:{p}/", "http://mixed6.test:{p}/", "http://a.very.long.chain.of.names.test:{p}/",
    ];

    /// <summary>Those that lead elsewhere, or nowhere: into networks that a test machine does not have, or to other kinds of services.</summary>
    public static readonly string[] Elsewhere =
    [
        .. SpecialNetworks.Select(address => $"http://{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{{p}}/"),
        .. SpecialNetworks.Select((_, i) => $"http://name{i}.test:{{p}}/"),
        "http://2852039166:{p}/", "http://0xa9fea9fe:{p}/", "http://0251.0376.0251.0376:{p}/", "http://169.254.43518:{p}/", "http://10.1:{p}/", "http://192.168.257:{p}/",
        "http://127.0.0.1.:{p}/", "http://127.0.0.1..:{p}/", "http://localhost.:{p}/", "http://loop.test.:{p}/", "http://loop..test:{p}/", "http://.loop.test:{p}/",
        "http://[fe80::1%25lo]:{p}/", "http://[::1%25lo]:{p}/", "http://[::1%lo]:{p}/", "http://[127.0.0.1]:{p}/", "http://[::1]127.0.0.1:{p}/",
        "http://%31%32%37.0.0.1:{p}/", "http://%6c%6f%63%61%6c%68%6f%73%74:{p}/", "http://127.0.0.1%00.example.com:{p}/", "http://127.0.0.1%2f.example.com:{p}/", "http://example.com%40127.0.0.1:{p}/",
        "http://127.0.0.1\\@example.com:{p}/", "http://example.com\\@127.0.0.1:{p}/", "http:\\\\127.0.0.1:{p}/", "http:/127.0.0.1:{p}/", "http:127.0.0.1:{p}/", "http:///127.0.0.1:{p}/",
        "//127.0.0.1:{p}/", "127.0.0.1:{p}/", "localhost:{p}", "/hooks", "http://", "http://:{p}/", "http://?x@127.0.0.1:{p}/", "", "   ",
        "http://127.0\t.0.1:{p}/", "http://127.0\n.0.1:{p}/", "http://127.0.0.1 :{p}/", "http://127.0\u200b.0.1:{p}/", "http://\u202e1.0.0.721:{p}/", "http://127.0.0.1\0:{p}/",
        "http://256.0.0.1:{p}/", "http://1.2.3.4.5:{p}/", "http://0x7f.0.0.0x1g:{p}/", "http://127.0.0.-1:{p}/", "http://-loop.test:{p}/", "http://loop-.test:{p}/", "http://name.test.1:{p}/",
        "ftp://127.0.0.1:{p}/", "gopher://127.0.0.1:{p}/_GET", "ws://127.0.0.1:{p}/", "dict://127.0.0.1:{p}/", "ldap://127.0.0.1:{p}/", "file:///etc/passwd", "file://127.0.0.1/etc/passwd",
        "javascript:alert(1)", "data:text/plain,x", "unix:///var/run/docker.sock", "http+unix://%2Fvar%2Frun%2Fdocker.sock/", "view-source:http://127.0.0.1:{p}/",
        "http://public.test:0/", "http://public.test:22/", "http://public.test:25/", "http://public.test:65536/", "http://public.test:-1/", "http://public.test:80:80/", "http://unknown.test:{p}/", "http://empty.test:{p}/",
    ];

    /// <summary>Whether a trick needs IPv6 to arrive.</summary>
    public static bool NeedsIpv6(string trick) => trick.Contains('[', StringComparison.Ordinal)
        || new[] { "six.test", "any6.test", "mixed6.test", "mapped.test" }.Any(name => trick.Contains(name, StringComparison.Ordinal));

    /// <summary>An address of every network that is not public, most with their first and last.</summary>
    public static string[] SpecialNetworks =>
    [
        "0.1.2.3", "0.255.255.255", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.9", "168.63.129.16", "169.254.0.1", "169.254.169.254",
        "169.254.255.255", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.254", "255.255.255.255",
        "::2", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::8.8.8.8", "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:0:7f00:1::1",
        "2001:2::1", "2001:10::1", "2001:20::1", "2001:1ff:ffff::1", "2001:db8::1", "2002:7f00:1::1", "2002:808:808::1", "3ffe::1", "3fff::1", "3fff:fff::1", "4000::1", "5f00::1", "8000::1",
        "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "febf::1", "fec0::1", "feff::1", "ff02::1", "ff0e::1",
    ];

    /// <summary>What the names above resolve to.</summary>
    public static TestNames Names()
    {
        var names = new TestNames()
            .With("localhost", "127.0.0.1 ::1").With("loop.test", "127.0.0.1").With("second.test", "127.0.0.2").With("six.test", "::1").With("any.test", "0.0.0.0").With("any6.test", "::")
            .With("mapped.test", "::ffff:127.0.0.1").With("xn--bcher-kva.test", "127.0.0.1").With("127.0.0.1.nip.test", "127.0.0.1").With("mixed.test", "127.0.0.1 8.8.8.8")
            .With("mixed6.test", "::1 2606:4700:4700::1111").With("a.very.long.chain.of.names.test", "8.8.8.8 8.8.4.4 127.0.0.1").With("public.test", "8.8.8.8").With("empty.test", "");
        for (var i = 0; i < SpecialNetworks.Length; i++)
            names.With($"name{i}.test", SpecialNetworks[i]);
        return names;
    }
}
