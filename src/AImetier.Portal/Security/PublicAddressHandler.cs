using System.Net;
using System.Net.Sockets;

namespace AImetier.Portal.Security;

/// <summary>
/// The only way out for webhooks. It checks the address of every request, connects to an address that was checked and to no other, follows nothing, keeps nothing
/// between requests, and reads answers up to <see cref="LargestAnswer"/>.
/// </summary>
/// <remarks>
/// Throws <see cref="PublicAddressRefusedException"/> when the guard refuses, <see cref="TimeoutException"/> when no answer has begun within
/// <see cref="LongestWait"/>, <see cref="HttpRequestException"/> for everything that breaks. A longer answer, and one that does not end in time, is cut.
/// </remarks>
public sealed class PublicAddressHandler : DelegatingHandler
{
    /// <summary>Name of the HTTP client that goes out through here.</summary>
    public const string ClientName = "public-addresses";

    /// <summary>Bytes of an answer that are read: 8 KB.</summary>
    public const int LargestAnswer = 8 * 1024;

    /// <summary>How long a request may take, from the name's look-up to the last byte that is read: 15 seconds.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private const int LargestHeadersKb = 16;
    private const int MostAddressesTried = 4;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(20);

    // A connection that lives on stays with the address that was checked; after this a name's new addresses count.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(1);
    private readonly PublicAddressGuard _guard;
    private readonly TimeProvider _time;

    /// <summary>Makes the handler with a connection pool of its own.</summary>
    /// <param name="guard">Decides where requests may go.</param>
    /// <param name="time">The clock of <see cref="LongestWait"/>.</param>
    public PublicAddressHandler(PublicAddressGuard guard, TimeProvider time)
    {
        (_guard, _time) = (guard, time);
        InnerHandler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = ConnectTimeout,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = LargestHeadersKb,
            PooledConnectionIdleTimeout = IdleTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
            UseProxy = false,
        };
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var check = _guard.Read(request.RequestUri?.OriginalString);
        if (check is not PublicAddressCheck.Good good)
            throw new PublicAddressRefusedException(check);

        // HTTP/3 would go out without the callback.
        (request.RequestUri, request.Version, request.VersionPolicy) = (good.Address, HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);
        using var limit = new CancellationTokenSource(LongestWait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await base.SendAsync(request, either.Token);
            answer.Content = await CutAsync(answer.Content, either.Token);
            cancellationToken.ThrowIfCancellationRequested();
            return answer;
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {LongestWait.TotalSeconds} seconds.", e);
        }
        catch (HttpRequestException e) when (e.InnerException is PublicAddressRefusedException refused)
        {
            throw new PublicAddressRefusedException(refused.Why);
        }
    }

    // Whatever arrives after the status decides nothing more: what is broken or late is kept as far as it came.
    private static async Task<HttpContent> CutAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using (content)
        {
            var bytes = new byte[Math.Clamp(content.Headers.ContentLength ?? LargestAnswer, 0, LargestAnswer)];
            var length = 0;
            try
            {
                await using var stream = await content.ReadAsStreamAsync(cancellationToken);
                while (length < bytes.Length && await stream.ReadAsync(bytes.AsMemory(length), cancellationToken) is > 0 and var read)
                    length += read;
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
            {
                // Kept as far as it came.
            }

            var cut = new ByteArrayContent(bytes, 0, length);
            if (content.Headers.TryGetValues("Content-Type", out var type))
                cut.Headers.TryAddWithoutValidation("Content-Type", type);
            return cut;
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (refusal, addresses) = await _guard.ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        if (refusal is not null)
            throw new PublicAddressRefusedException(refusal);

        SocketException? last = null;
        foreach (var address in addresses.Take(MostAddressesTried))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last!;
    }
}
