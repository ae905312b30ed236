using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AImetier.Portal.LoadTests.Driving;

/// <summary>
/// One kept connection that sends the same request over and over, the next when the answer to the last has arrived. It reads as little of the
/// answer as it must, so that the server and not the client is what is measured.
/// </summary>
internal sealed class Connection : IDisposable
{
    private static readonly byte[] Good = "HTTP/1.1 200 "u8.ToArray();
    private static readonly byte[] LastChunk = "\r\n0\r\n\r\n"u8.ToArray();
    private static readonly byte[] EndOfHeaders = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] Length = "Content-Length: "u8.ToArray();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly byte[] _request;

    private Connection(byte[] request) => _request = request;

    /// <summary>Connects, to get a path.</summary>
    /// <param name="address">Of the server.</param>
    /// <param name="path">What to get.</param>
    /// <param name="key">What to send as bearer key, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task<Connection> OpenAsync(Uri address, string path, string? key, CancellationToken cancellationToken)
    {
        var authorization = key is null ? "" : $"Authorization: Bearer {key}\r\n";
        return OpenAsync(address, $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: application/json\r\n{authorization}\r\n", cancellationToken);
    }

    /// <summary>Connects.</summary>
    /// <param name="address">Of the server.</param>
    /// <param name="request">The whole request, in ASCII.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<Connection> OpenAsync(Uri address, string request, CancellationToken cancellationToken)
    {
        var connection = new Connection(Encoding.ASCII.GetBytes(request));
        await connection._socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address.Host), address.Port), cancellationToken);
        return connection;
    }

    /// <summary>Sends the request once and reads the answer.</summary>
    /// <returns>Bytes of the answer's body.</returns>
    /// <exception cref="InvalidOperationException">The answer is not 200.</exception>
    public async ValueTask<int> SendAsync(CancellationToken cancellationToken)
    {
        await _socket.SendAsync(_request, cancellationToken);
        var filled = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(filled), cancellationToken);
            if (received == 0)
                throw new InvalidOperationException("The server closed the connection.");
            filled += received;
            if (Body(_buffer.AsSpan(0, filled)) is { } body)
                return body;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    // Bytes of the body, or null while some are missing. There is never more than one answer under way.
    private static int? Body(ReadOnlySpan<byte> answer)
    {
        var headers = answer.IndexOf(EndOfHeaders);
        if (headers < 0)
            return null;
        if (!answer.StartsWith(Good))
            throw new InvalidOperationException($"The server answered {Encoding.ASCII.GetString(answer[..answer.IndexOf((byte)'\r')])}");

        var body = answer[(headers + EndOfHeaders.Length)..];
        var length = answer[..headers].IndexOf(Length);
        if (length < 0)
            return body.EndsWith(LastChunk) ? body.Length : null;

        var digits = answer[(length + Length.Length)..];
        var expected = int.Parse(digits[..digits.IndexOf((byte)'\r')], System.Globalization.CultureInfo.InvariantCulture);
        return body.Length >= expected ? body.Length : null;
    }
}
