using System.Net;
using System.Net.Sockets;

namespace AImetier.Portal.Features.Accounts;

/// <summary>The browser behind a request, as far as signing in needs it.</summary>
/// <param name="Source">Address; of IPv6 only the /64, which one subscriber usually has whole.</param>
/// <param name="UserAgent">What the browser says it is; may be empty.</param>
public sealed record Visitor(string Source, string UserAgent)
{
    /// <summary>The source of an address.</summary>
    /// <param name="address">Client address, or null when the transport has none.</param>
    public static string SourceOf(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }

    /// <summary>The browser behind a request.</summary>
    /// <param name="request">The request, after forwarded headers were applied.</param>
    public static Visitor Of(HttpRequest request) =>
        new(SourceOf(request.HttpContext.Connection.RemoteIpAddress), request.Headers.UserAgent.ToString());
}
