using System.IO.Compression;
using System.Net;
using System.Text;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Security;

/// <summary>Receivers that misbehave cost a bounded time and 8 KB, and learn nothing.</summary>
public sealed class PublicAddressHandlerTests : IDisposable
{
    private readonly Egress _egress = new(new TestNames(), allowHttp: true, "127.0.0.0/8");

    [Fact]
    public async Task An_answer_arrives_whole_with_its_status_and_type()
    {
        using var receiver = RawReceiver.Saying(_ => "HTTP/1.1 202 Accepted\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 7\r\nContent-Length: 6\r\n\r\nthanks");
        using var answer = await _egress.PostAsync(receiver.Address);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        (await answer.Content.ReadAsStringAsync()).ShouldBe("thanks");
    }

    [Fact]
    public async Task A_redirect_is_an_answer_like_any_other()
    {
        using var target = RawReceiver.Saying(_ => throw new InvalidOperationException("It was followed."));
        using var receiver = RawReceiver.Saying(_ => $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {target.Address}\r\nContent-Length: 0\r\n\r\n");
        using var answer = await _egress.PostAsync(receiver.Address);
        answer.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
    }

    [Fact]
    public async Task Nothing_is_kept_between_requests_and_nothing_is_added()
    {
        var heads = new List<string>();
        using var receiver = RawReceiver.Saying(head =>
        {
            heads.Add(head);
            return "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nAlt-Svc: h3=\":443\"; ma=86400\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        });
        for (var i = 0; i < 2; i++)
            (await _egress.PostAsync(receiver.Address, HttpVersion.Version30)).Dispose();

        heads.Count.ShouldBe(2);
        heads[1].ShouldBe(heads[0]);
        heads[0].ShouldStartWith("POST / HTTP/1.1\r\n");
        var names = heads[0].Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(':')[0].ToLowerInvariant());
        names.ShouldBe(["host", "content-type", "content-length"], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_an_answer_without_end_8_KB_are_read_and_the_connection_is_closed()
    {
        var closed = new TaskCompletionSource();
        using var receiver = new RawReceiver(async (stream, _) =>
        {
            try
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n"u8.ToArray());
                while (true)
                    await stream.WriteAsync(new byte[64 * 1024]);
            }
            catch (IOException)
            {
                closed.SetResult();
            }
        });
        using var answer = await _egress.PostAsync(receiver.Address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBe(PublicAddressHandler.LargestAnswer);
        await closed.Task.WaitAsync(Until.Longest);
    }

    [Fact]
    public async Task A_bomb_stays_packed()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            await gzip.WriteAsync(new byte[10_000_000]);
        using var receiver = new RawReceiver(async (stream, _) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n"));
            await stream.WriteAsync(packed.ToArray());
        });
        using var answer = await _egress.PostAsync(receiver.Address);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(packed.ToArray()[..(int)Math.Min(packed.Length, PublicAddressHandler.LargestAnswer)]);
    }

    [Fact]
    public async Task Who_never_answers_is_given_up_after_15_seconds()
    {
        var asked = new TaskCompletionSource();
        using var receiver = new RawReceiver(async (_, _) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        });
        var post = _egress.PostAsync(receiver.Address);
        await asked.Task.WaitAsync(Until.Longest);
        _egress.Clock.Advance(PublicAddressHandler.LongestWait - TimeSpan.FromSeconds(1));
        post.IsCompleted.ShouldBeFalse();
        _egress.Clock.Advance(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<TimeoutException>(() => post);
    }

    [Fact]
    public async Task An_answer_that_trickles_counts_by_its_status_and_is_kept_as_far_as_it_came()
    {
        using var receiver = new RawReceiver(async (stream, _) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nx"u8.ToArray());
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        });
        using var handler = _egress.Handler();
        using var head = new HeadSignal(handler.InnerHandler!);
        handler.InnerHandler = head;
        using var sender = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Address);
        var post = sender.SendAsync(request, CancellationToken.None);
        await head.Read;
        _egress.Clock.Advance(PublicAddressHandler.LongestWait);
        using var answer = await post.WaitAsync(Until.Longest);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBeOneOf("", "x");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfour", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n", 200)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204)]
    public async Task What_breaks_after_the_status_decides_nothing(string text, int status)
    {
        using var receiver = RawReceiver.Saying(_ => text);
        using var answer = await _egress.PostAsync(receiver.Address);
        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SSH-2.0-OpenSSH_9.2p1\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: {long}\r\n\r\n")]
    public async Task What_is_no_answer_is_a_failure_like_a_broken_connection(string text)
    {
        using var receiver = RawReceiver.Saying(_ => text.Replace("{long}", new string('x', 20_000), StringComparison.Ordinal));
        await Should.ThrowAsync<HttpRequestException>(() => _egress.PostAsync(receiver.Address));
    }

    [Fact]
    public async Task Who_does_not_listen_is_a_failure_and_no_refusal()
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}/";
        (await Should.ThrowAsync<HttpRequestException>(() => _egress.PostAsync(address))).ShouldNotBeOfType<PublicAddressRefusedException>();
    }

    [Fact]
    public async Task A_name_whose_servers_do_not_answer_is_not_found_within_5_seconds()
    {
        var names = new SilentNames();
        using var egress = new Egress(names, allowHttp: true);
        var check = egress.Guard.CheckAsync("https://silent.test/", CancellationToken.None);
        await names.Asked;
        egress.Clock.Advance(TimeSpan.FromSeconds(5));
        (await check).ShouldBe(new PublicAddressCheck.NameNotFound());
    }

    [Fact]
    public async Task The_system_knows_this_machine_by_name()
    {
        using var closed = new Egress(null, allowHttp: true);
        (await closed.Guard.CheckAsync("http://localhost:8080/", CancellationToken.None)).ShouldBe(new PublicAddressCheck.NotPublic());
        using var open = new Egress(null, allowHttp: true, "127.0.0.0/8", "::1/128");
        (await open.Guard.CheckAsync("http://localhost:8080/", CancellationToken.None)).ShouldBeOfType<PublicAddressCheck.Good>();
    }

    public void Dispose() => _egress.Dispose();

    private sealed class HeadSignal(HttpMessageHandler network) : DelegatingHandler(network)
    {
        private readonly TaskCompletionSource _read = new();

        public Task Read => _read.Task;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            _read.SetResult();
            return answer;
        }
    }

    private sealed class SilentNames : IHostNames
    {
        private readonly TaskCompletionSource _asked = new();

        public Task Asked => _asked.Task;

        public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            _asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return [];
        }
    }
}
