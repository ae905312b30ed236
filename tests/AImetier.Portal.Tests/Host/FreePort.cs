using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace AImetier.Portal.Tests.Host;

/// <summary>Finds a port for a program that must be told one, or where nobody is to listen.</summary>
internal static class FreePort
{
    // Below what systems hand out by themselves, or a test beside this one could be given it meanwhile.
    private const int Lowest = 20_000;
    private const int Highest = 32_000;

    /// <summary>A port of the loopback address on which nobody listens.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(Lowest, Highest);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another, then.
            }
        }
    }
}
