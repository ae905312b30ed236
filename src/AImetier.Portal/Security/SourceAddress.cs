using System.Net;
using System.Net.Sockets;

namespace AImetier.Portal.Security;

/// <summary>Names the source of a request for counting: an IPv4 address, or the /64 network of an IPv6 address.</summary>
public static class SourceAddress
{
    /// <summary>The source's name.</summary>
    /// <param name="address">Remote address after trusted proxies; null (no network) counts as one source.</param>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "local";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
