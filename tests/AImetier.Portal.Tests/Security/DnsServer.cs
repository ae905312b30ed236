using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AImetier.Portal.Tests.Security;

/// <summary>A name server on loopback that speaks DNS over UDP: one zone that a test may change at any time. Answers live for 0 seconds.</summary>
/// <remarks>RFC 1035, section 4.</remarks>
internal sealed class DnsServer : IDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentDictionary<string, IPAddress[]> _zone = new(StringComparer.OrdinalIgnoreCase);

    public DnsServer() => _ = ServeAsync();

    public IPEndPoint EndPoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

    /// <summary>From now on the name has these addresses.</summary>
    public void Set(string host, params string[] addresses) => _zone[host] = [.. addresses.Select(IPAddress.Parse)];

    public void Dispose() => _socket.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveAsync();
                await _socket.SendAsync(Answer(question.Buffer), question.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private byte[] Answer(byte[] question)
    {
        var (name, end) = DnsNames.ReadName(question, 12);
        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(end));
        var known = _zone.TryGetValue(name, out var addresses);
        var records = (addresses ?? []).Where(address => type == (address.AddressFamily == AddressFamily.InterNetwork ? DnsNames.A : DnsNames.Aaaa)).Select(address => address.GetAddressBytes()).ToList();

        var answer = new List<byte>(question[..2]) { 0x84, (byte)(known ? 0 : 3), 0, 1, 0, (byte)records.Count, 0, 0, 0, 0 };
        answer.AddRange(question[12..(end + 4)]);
        foreach (var bytes in records)
            answer.AddRange([0xC0, 12, 0, (byte)type, 0, 1, 0, 0, 0, 0, 0, (byte)bytes.Length, .. bytes]);
        return [.. answer];
    }
}
