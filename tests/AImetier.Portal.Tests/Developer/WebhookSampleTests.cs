using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AImetier.Portal.Features.Developer;
using AImetier.Portal.Security;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Developer;

/// <summary>Every receiver that the page offers, run as its first line says: it takes what is signed and nothing else.</summary>
public sealed class WebhookSampleTests : IDisposable
{
    private const string Id = "evt_2KWPBgLlAfxdpx2AI54pPJ85f4W";
    private const string Body = """{"type":"message.completed","timestamp":"2026-05-03T14:05:09Z","data":{"state":"completed","metadata":{"name":"déjà vu, 日本"}}}""";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-sample-");

    [Fact]
    public Task The_receiver_in_CSharp_takes_what_is_signed_and_nothing_else() => RunAsync("csharp", "dotnet", file => ["run", file]);

    [Fact]
    public Task The_receiver_in_JavaScript_takes_what_is_signed_and_nothing_else() => RunAsync("javascript", NodeTool.Node(), file => [file]);

    [PythonFact]
    public Task The_receiver_in_Python_takes_what_is_signed_and_nothing_else() => RunAsync("python", "python3", file => [file]);

    [Fact]
    public void Every_receiver_is_run() => WebhookSamples.All.Select(sample => sample.Id).ShouldBe(["csharp", "javascript", "python"]);

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task RunAsync(string id, string program, Func<string, string[]> arguments)
    {
        var sample = WebhookSamples.All.Single(one => one.Id == id);
        sample.Text.ShouldContain(WebhookSamples.SecretVariable);
        var file = Path.Combine(_folder.FullName, sample.File);
        await File.WriteAllTextAsync(file, sample.Text);
        var (secret, port) = (WebhookSecret.Generate(), FreePort.Find());
        var start = new ProcessStartInfo(program, arguments(file)) { WorkingDirectory = _folder.FullName };
        start.Environment[WebhookSamples.SecretVariable] = secret.Reveal();
        start.Environment["PORT"] = $"{port}";
        using var receiver = OutsideProgram.Start(start);
        await receiver.GiveAsync();
        var ended = receiver.EndAsync();
        try
        {
            await ListeningAsync(port, ended);
            await ShouldTellApartAsync(new Uri($"http://127.0.0.1:{port}/webhooks"), secret);
        }
        finally
        {
            receiver.Kill(entireProcessTree: true);
        }

        var (_, output, errors) = await ended;
        output.ShouldContain($"{Id} message.completed", customMessage: errors);
    }

    private static async Task ShouldTellApartAsync(Uri address, WebhookSecret secret)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (timestamp, old) = (WebhookSignature.TimestampOf(now), WebhookSignature.TimestampOf(now - TimeSpan.FromMinutes(6)));
        var bytes = Encoding.UTF8.GetBytes(Body);
        string Sign(string at, params WebhookSecret[] secrets) => WebhookSignature.Sign(secrets, Id, at, bytes);
        var good = Sign(timestamp, secret);

        (await PostAsync(address, Id, timestamp, good, Body)).ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync(address, Id, timestamp, Sign(timestamp, WebhookSecret.Generate(), secret), Body)).ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync(address, Id, timestamp, good, Body + " ")).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(address, Id + "x", timestamp, good, Body)).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(address, Id, WebhookSignature.TimestampOf(now - TimeSpan.FromSeconds(1)), good, Body)).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(address, Id, old, Sign(old, secret), Body)).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(address, Id, "soon", Sign("soon", secret), Body)).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(address, Id, timestamp, Sign(timestamp, WebhookSecret.Generate()), Body)).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(address, Id, timestamp, "", Body)).ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync(address, Id, timestamp, "v1,cut v2,other nonsense", Body)).ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<HttpStatusCode> PostAsync(Uri address, string id, string timestamp, string signature, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp);
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, signature);
        using var client = PlainHttp.Create(address, cookies: false);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task ListeningAsync(int port, Task<(int ExitCode, string Output, string Errors)> ended)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            if (ended.IsCompleted)
                throw new InvalidOperationException(string.Concat((await ended).Output, (await ended).Errors));
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            }
        }
    }
}
