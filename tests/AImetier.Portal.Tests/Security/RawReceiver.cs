using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AImetier.Portal.Tests.Security;

/// <summary>A receiver on loopback that answers the way a test says, byte by byte.</summary>
internal sealed class RawReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<NetworkStream, string, Task> _answer;

    /// <param name="answer">Gets the connection after the head of a request was read, and that head.</param>
    public RawReceiver(Func<NetworkStream, string, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    /// <summary>Answers with a text, then closes.</summary>
    public static RawReceiver Saying(Func<string, string> answer) => new((stream, head) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer(head))).AsTask());

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient sender)
    {
        using (sender)
        {
            try
            {
                var head = new StringBuilder();
                var one = new byte[1];
                while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await sender.GetStream().ReadAsync(one) == 1)
                    head.Append((char)one[0]);
                await _answer(sender.GetStream(), head.ToString());
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The sender left.
            }
        }
    }
}
