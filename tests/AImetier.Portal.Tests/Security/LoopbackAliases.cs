using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AImetier.Portal.Tests.Host;

namespace AImetier.Portal.Tests.Security;

/// <summary>A listener on several addresses of this machine, all on one port, that answers everything with 200 and counts who came.</summary>
public sealed class LoopbackAliases : IDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();
    private readonly List<TcpListener> _listeners = [];
    private readonly ConcurrentDictionary<EndPoint, IPAddress> _visitors = new();
    private readonly SemaphoreSlim _came = new(0);
    private volatile bool _over;

    public LoopbackAliases()
    {
        foreach (var address in Addresses)
        {
            var listener = new TcpListener(address, Port);
            listener.Start(512);
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
            _listeners.Add(listener);
            _ = ServeAsync(listener, address);
        }
    }

    /// <summary>Whether this machine can be called over IPv6.</summary>
    public static bool HasIpv6 { get; } = TryIpv6();

    /// <summary>Where it listens. 0.0.0.0 and :: lead to two of them.</summary>
    public static IReadOnlyList<IPAddress> Addresses { get; } =
        [.. new[] { "127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.254", "::1" }.Select(IPAddress.Parse).Where(address => HasIpv6 || address.AddressFamily == AddressFamily.InterNetwork)];

    /// <summary>The port, the same everywhere.</summary>
    public int Port { get; }

    /// <summary>Connections since the last call, by the address that was called. Nobody is missed: a visitor of our own stands at the end of each queue.</summary>
    public async Task<IReadOnlyList<IPAddress>> VisitsAsync()
    {
        foreach (var address in Addresses)
        {
            using var last = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await last.ConnectAsync(new IPEndPoint(address, Port));
            while (!_visitors.TryRemove(last.LocalEndPoint!, out _))
            {
                if (!await _came.WaitAsync(Until.Longest))
                    throw new TimeoutException($"The visitor of our own was not seen at {address}.");
            }
        }

        var visits = _visitors.Values.ToList();
        _visitors.Clear();
        return visits;
    }

    public void Dispose()
    {
        _over = true;
        _listeners.ForEach(listener => listener.Dispose());
        _came.Dispose();
    }

    private static bool TryIpv6()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task ServeAsync(TcpListener listener, IPAddress address)
    {
        while (!_over)
        {
            try
            {
                var visitor = await listener.AcceptTcpClientAsync();
                _visitors[visitor.Client.RemoteEndPoint!] = address;
                _came.Release();
                _ = AnswerAsync(visitor);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over, or a visitor left before it was let in.
            }
        }
    }

    private static async Task AnswerAsync(TcpClient visitor)
    {
        using (visitor)
        {
            try
            {
                _ = await visitor.GetStream().ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false);
                await visitor.GetStream().WriteAsync(Answer);
            }
            catch (IOException)
            {
                // It left.
            }
        }
    }
}
