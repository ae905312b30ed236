using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Webhooks;
using AImetier.Portal.Tests.Connectors;
using AImetier.Portal.Tests.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>Receivers that misbehave: each costs the Portal a bounded attempt and nobody else anything.</summary>
public sealed class WebhookTargetTests(WebhookPortal portal) : IClassFixture<WebhookPortal>
{
    private const long FarTooMuch = 100 * 1024 * 1024;

    [Fact]
    public async Task One_that_never_answers_does_not_keep_the_others_waiting()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stalled = await WebhookReceiver.StartAsync(context => end.Task.WaitAsync(context.RequestAborted));
        await using var quick = await WebhookReceiver.StartAsync();
        var teammate = await portal.HireAsync();
        var (slow, _) = await portal.AddAsync(stalled.Address, teammate);
        var (fast, _) = await portal.AddAsync(quick.Address, teammate);
        await portal.PublishAsync(teammate, 300);

        // No time passes: nothing of the stalled one can have ended, and yet everything arrives at the other.
        await portal.UntilAsync(fast.Id, rows => rows.Count(row => row.State == DeliveryState.Delivered) == 300);
        var waiting = await portal.DeliveriesAsync(slow.Id);
        waiting.ShouldAllBe(row => row.Attempts == 0);
        stalled.All.Count.ShouldBeLessThanOrEqualTo(4);

        portal.Clock.Advance(TimeSpan.FromSeconds(15));
        var ended = await portal.UntilAsync(slow.Id, rows => rows.Any(row => row.Attempts == 1));
        ended.First(row => row.Attempts == 1).ShouldSatisfyAllConditions(
            row => row.LastFailure.ShouldBe(AttemptFailure.Timeout), row => row.LastMilliseconds.ShouldBe(15_000), row => row.State.ShouldBe(DeliveryState.Pending));
        end.SetResult();
        await portal.AsPersonAsync((WebhookService service, Features.Activity.Actor actor) => service.RemoveAsync(slow.Id, actor, CancellationToken.None));
    }

    [Fact]
    public async Task One_that_answers_a_byte_at_a_time_has_fifteen_seconds_in_all()
    {
        var headers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var dribbling = DribbleAsync(listener, headers);
        var (webhook, _) = await portal.AddAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        await portal.PublishAsync(webhook.TeammateId);
        await headers.Task.WaitAsync(Until.Longest);
        portal.Clock.Advance(TimeSpan.FromSeconds(10));
        (await portal.DeliveriesAsync(webhook.Id)).Single().Attempts.ShouldBe(0);
        portal.Clock.Advance(TimeSpan.FromSeconds(5));
        (await portal.AttemptsAsync(webhook.Id, 1)).Single().LastFailure.ShouldBe(AttemptFailure.Timeout);
        await dribbling.WaitAsync(Until.Longest);
    }

    [Fact]
    public async Task Of_an_answer_without_end_eight_kilobytes_are_kept()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sending = SendWithoutEndAsync(listener);
        var attempt = await AttemptAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        (attempt.Status, attempt.Failure, attempt.Answer!.Length, attempt.AnswerCut).ShouldBe((200, null, WebhookAttempt.LongestAnswer, true));
        (await sending.WaitAsync(Until.Longest)).ShouldBeLessThan(FarTooMuch);
    }

    [Fact]
    public async Task A_packed_answer_is_not_unpacked()
    {
        var bomb = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(bomb, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
            await gzip.WriteAsync(new byte[50 * 1024 * 1024]);
        await using var receiver = await WebhookReceiver.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync(bomb.ToArray()).AsTask();
        });
        var attempt = await AttemptAsync(receiver.Address);
        (attempt.Status, attempt.AnswerCut).ShouldBe((200, true));
        attempt.Answer!.Length.ShouldBeLessThanOrEqualTo(WebhookAttempt.LongestAnswer);
        attempt.Answer.ShouldNotContain('\0');
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        await using var other = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync(context =>
        {
            context.Response.Redirect(other.Address, permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        });
        var attempt = await AttemptAsync(receiver.Address);
        (attempt.Status, attempt.Failure).ShouldBe((308, AttemptFailure.Status));
        other.All.ShouldBeEmpty();
        receiver.All.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("http", "SSH-2.0-OpenSSH_9.2\r\n\r\n", AttemptFailure.BadAnswer)]
    [InlineData("http", "", AttemptFailure.Connection)]
    [InlineData("https", "HTTP/1.1 200 OK\r\n\r\n", AttemptFailure.Tls)]
    public async Task What_speaks_something_else_is_told_apart(string scheme, string answer, AttemptFailure failure)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, answer);
        (await AttemptAsync($"{scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/")).Failure.ShouldBe(failure);
        await answering.WaitAsync(Until.Longest);
    }

    [Fact]
    public async Task A_receiver_that_nobody_vouches_for_gets_nothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var got = SecuredAsync(listener);
        (await AttemptAsync($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/")).Failure.ShouldBe(AttemptFailure.Tls);
        (await got.WaitAsync(Until.Longest)).ShouldBe(0);
    }

    [Fact]
    public async Task An_address_that_is_not_allowed_any_more_is_not_called()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<WebhookEndpoint>().IgnoreQueryFilters()
            .Where(row => row.Id == webhook.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Url, receiver.Address.Replace("127.0.0.1", "[::1]", StringComparison.Ordinal))));
        await portal.PublishAsync(webhook.TeammateId);
        (await portal.AttemptsAsync(webhook.Id, 1)).Single().LastFailure.ShouldBe(AttemptFailure.Refused);
        receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_its_secret_nothing_is_sent_until_the_secret_is_replaced()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var (webhook, _) = await portal.AddAsync(receiver.Address);
        await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<WebhookEndpoint>().IgnoreQueryFilters()
            .Where(row => row.Id == webhook.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ProtectedSecret, "of another key ring")));
        await portal.PublishAsync(webhook.TeammateId);
        (await portal.AttemptsAsync(webhook.Id, 1)).Single().LastFailure.ShouldBe(AttemptFailure.SecretLost);
        (await portal.SummaryAsync(webhook.Id)).State.ShouldBe(WebhookState.SecretLost);
        receiver.All.ShouldBeEmpty();

        var replaced = await portal.AsPersonAsync((WebhookService service, Features.Activity.Actor actor) => service.ReplaceSecretAsync(webhook.Id, EntityId.New("nonce"), actor, CancellationToken.None));
        await portal.NextAttemptAsync(webhook.Id);
        var got = await receiver.NextAsync();
        WebhookPortal.Check(got, ((ReplaceSecretOutcome.Replaced)replaced).Secret).ShouldBeOfType<Portal.Security.SignatureCheck.Good>();
    }

    private async Task<AttemptSummary> AttemptAsync(string url)
    {
        var (webhook, _) = await portal.AddAsync(url);
        await portal.PublishAsync(webhook.TeammateId);
        var delivery = (await portal.AttemptsAsync(webhook.Id, 1)).Single();
        return (await portal.DetailAsync(delivery.Id)).Attempts.Single();
    }

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[16]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
    }

    // How much came over a connection secured with a certificate for this machine, under a root that nobody knows.
    private static async Task<int> SecuredAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(TestCertificates.ForThisMachine);
            return await stream.ReadAsync(new byte[4096]);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return 0;
        }
    }

    // Counts what the connection takes until the other side closes it.
    private static async Task<long> SendWithoutEndAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[16]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {100 * FarTooMuch}\r\n\r\n"));
        var part = new byte[64 * 1024];
        Array.Fill(part, (byte)'x');
        var sent = 0L;
        try
        {
            for (; sent < FarTooMuch; sent += part.Length)
                await stream.WriteAsync(part);
        }
        catch (IOException)
        {
            // It has.
        }

        return sent;
    }

    // One byte of a good answer each time, until the other side has had enough.
    private static async Task DribbleAsync(TcpListener listener, TaskCompletionSource began)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[16]);
        began.SetResult();
        try
        {
            while (true)
            {
                await stream.WriteAsync("H"u8.ToArray());
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
        catch (IOException)
        {
            // It has.
        }
    }
}
