using System.Net;
using System.Net.Sockets;

namespace AImetier.Portal.Security;

/// <summary>Asks for the addresses of a host. A seam: what names resolve to changes, and tests change it.</summary>
public interface IHostNames
{
    /// <summary>All addresses of a host, in the order in which they should be tried.</summary>
    /// <param name="host">A host name in ASCII, never an address.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="SocketException">The name is not known, or nobody could be asked.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}
