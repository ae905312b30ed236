using System.Net;
using System.Net.Sockets;

namespace AImetier.Portal.Security;

/// <summary>Tells addresses of the public Internet from all others: this machine, private networks, and everything with a special meaning.</summary>
/// <remarks>RFC 6890 and the IANA special-purpose address registries.</remarks>
public static class SpecialAddresses
{
    private static readonly IPNetwork[] Special4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),          // This network; Linux takes 0.0.0.0 for this machine
        IPNetwork.Parse("10.0.0.0/8"),         // Private, RFC 1918
        IPNetwork.Parse("100.64.0.0/10"),      // Behind a carrier's NAT, RFC 6598
        IPNetwork.Parse("127.0.0.0/8"),        // This machine
        IPNetwork.Parse("168.63.129.16/32"),   // Azure's service for its own machines, public in form only
        IPNetwork.Parse("169.254.0.0/16"),     // Link-local; most clouds answer with credentials at 169.254.169.254
        IPNetwork.Parse("172.16.0.0/12"),      // Private, RFC 1918
        IPNetwork.Parse("192.0.0.0/24"),       // Protocol assignments, RFC 6890
        IPNetwork.Parse("192.0.2.0/24"),       // Documentation, RFC 5737
        IPNetwork.Parse("192.88.99.0/24"),     // 6to4 relays, RFC 7526
        IPNetwork.Parse("192.168.0.0/16"),     // Private, RFC 1918
        IPNetwork.Parse("198.18.0.0/15"),      // Benchmarks, RFC 2544
        IPNetwork.Parse("198.51.100.0/24"),    // Documentation, RFC 5737
        IPNetwork.Parse("203.0.113.0/24"),     // Documentation, RFC 5737
        IPNetwork.Parse("224.0.0.0/4"),        // Multicast, RFC 5771
        IPNetwork.Parse("240.0.0.0/4"),        // Reserved, and broadcast
    ];

    // Of IPv6 only global unicast is public: what maps, translates or embeds IPv4, unique local, link-local, site-local and multicast stand outside it.
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special6 =
    [
        IPNetwork.Parse("2001::/23"),          // Protocol assignments: Teredo, benchmarks, ORCHID, RFC 6890
        IPNetwork.Parse("2001:db8::/32"),      // Documentation, RFC 3849
        IPNetwork.Parse("2002::/16"),          // 6to4, RFC 7526
        IPNetwork.Parse("3ffe::/16"),          // Once 6bone, RFC 3701
        IPNetwork.Parse("3fff::/20"),          // Documentation, RFC 9637
    ];

    /// <summary>Whether an address belongs to the public Internet.</summary>
    /// <param name="address">IPv4 or IPv6. One with a scope (an interface of this machine) never does.</param>
    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Special4.Any(network => network.Contains(address)),

        // Asked about a mapped address, IPNetwork compares the IPv4 address inside with its own first bytes: 2000::/3 "contains" ::ffff:10.0.0.1.
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6 && address.ScopeId == 0 && Global6.Contains(address) && !Special6.Any(network => network.Contains(address)),
        _ => false,
    };
}
