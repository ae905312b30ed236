using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AImetier.Portal.Security;

namespace AImetier.Portal.Tests.Security;

/// <summary>Asks one name server for the addresses of names, over UDP.</summary>
/// <param name="server">Where the server is.</param>
/// <remarks>RFC 1035, section 4; RFC 3596.</remarks>
internal sealed class DnsNames(IPEndPoint server) : IHostNames
{
    public const ushort A = 1;
    public const ushort Aaaa = 28;
    private const int HeadLength = 12;
    private const int NoSuchName = 3;

    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        [.. await AskAsync(host, A, cancellationToken), .. await AskAsync(host, Aaaa, cancellationToken)];

    /// <summary>Reads a name that is written in full, as in questions.</summary>
    public static (string Name, int End) ReadName(byte[] message, int start)
    {
        var labels = new List<string>();
        while (message[start] > 0)
        {
            labels.Add(Encoding.ASCII.GetString(message, start + 1, message[start]));
            start += message[start] + 1;
        }

        return (string.Join('.', labels), start + 1);
    }

    private async Task<List<IPAddress>> AskAsync(string host, ushort type, CancellationToken cancellationToken)
    {
        using var socket = new UdpClient();
        socket.Connect(server);
        await socket.SendAsync(Question(host, type), cancellationToken);
        var answer = (await socket.ReceiveAsync(cancellationToken)).Buffer;
        if ((answer[3] & 15) == NoSuchName)
            throw new SocketException((int)SocketError.HostNotFound);

        var addresses = new List<IPAddress>();
        var place = ReadName(answer, HeadLength).End + 4;
        for (var records = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(6)); records > 0; records--)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(place + 10));
            addresses.Add(new IPAddress(answer.AsSpan(place + 12, length)));
            place += 12 + length;
        }

        return addresses;
    }

    private static byte[] Question(string host, ushort type)
    {
        var question = new List<byte> { 0x2a, 0x2a, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
        foreach (var label in host.Split('.'))
            question.AddRange([(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]);
        question.AddRange([0, 0, (byte)type, 0, 1]);
        return [.. question];
    }
}
