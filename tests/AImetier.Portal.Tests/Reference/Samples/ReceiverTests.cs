using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Reference.Samples;

/// <summary>The receivers of webhooks that the reference shows, as servers of their own. What they are sent is signed by the npm package <c>standardwebhooks</c>.</summary>
public sealed class ReceiverTests(SamplePortal portal) : IClassFixture<SamplePortal>
{
    private const string Body = """{"type":"ping","data":{"word":"déjà vu"}}""";
    private const string Signing =
        """
        import { Webhook } from "standardwebhooks";
        const { SECRET, ID, TIMESTAMP, BODY } = process.env;
        process.stdout.write(new Webhook(SECRET).sign(ID, new Date(TIMESTAMP * 1000), BODY));
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public Task The_receiver_in_CSharp_takes_what_is_genuine_and_nothing_else() => TryAsync("csharp");

    [Fact]
    public Task The_receiver_in_JavaScript_takes_what_is_genuine_and_nothing_else() => TryAsync("javascript");

    [PythonFact]
    public Task The_receiver_in_Python_takes_what_is_genuine_and_nothing_else() => TryAsync("python");

    private async Task TryAsync(string language)
    {
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var good = await SignAsync(secret, "evt_1", now, Body);
        var old = await SignAsync(secret, "evt_1", now - 600, Body);
        var others = await SignAsync("whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), "evt_1", now, Body);

        var (server, address, printed) = await StartAsync(language, secret);
        using (server)
        {
            try
            {
                (await PostAsync(address, "evt_1", now, good, Body)).ShouldBe(HttpStatusCode.NoContent);
                (await PostAsync(address, "evt_1", now, $"{others} {good}", Body)).ShouldBe(HttpStatusCode.NoContent, "one of two signatures is enough");
                (await PostAsync(address, "evt_1", now, good, Body.Replace("déjà", "deja", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.BadRequest, "another body");
                (await PostAsync(address, "evt_2", now, good, Body)).ShouldBe(HttpStatusCode.BadRequest, "another id");
                (await PostAsync(address, "evt_1", now - 1, good, Body)).ShouldBe(HttpStatusCode.BadRequest, "another time");
                (await PostAsync(address, "evt_1", now, others, Body)).ShouldBe(HttpStatusCode.BadRequest, "another secret");
                (await PostAsync(address, "evt_1", now - 600, old, Body)).ShouldBe(HttpStatusCode.BadRequest, "ten minutes old");
                (await PostAsync(address, null, null, null, Body)).ShouldBe(HttpStatusCode.BadRequest, "not signed");
                (await printed.ReadLineAsync().WaitAsync(Patience)).ShouldBe(Body);
            }
            finally
            {
                server.Kill(entireProcessTree: true);
            }
        }
    }

    private async Task<(Process Server, Uri Address, StreamReader Printed)> StartAsync(string language, string secret)
    {
        var sample = (await Fence.AllAsync(portal)).Single(fence => fence.IsReceiver && fence.Language == language);
        var (start, input) = await portal.StartAsync(sample);
        var port = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        start.Environment["PORT"] = port;
        start.Environment["AIMETIER_WEBHOOK_SECRET"] = secret;
        var server = OutsideProgram.Start(start);
        await server.GiveAsync(input);
        _ = server.StandardError.ReadToEndAsync();
        (await server.StandardOutput.ReadLineAsync().WaitAsync(Patience)).ShouldBe($"Listening on {port}");
        return (server, new Uri($"http://localhost:{port}/webhooks"), server.StandardOutput);
    }

    private static async Task<string> SignAsync(string secret, string id, long timestamp, string body)
    {
        var start = NodeTool.Script();
        start.Environment["SECRET"] = secret;
        start.Environment["ID"] = id;
        start.Environment["TIMESTAMP"] = timestamp.ToString(CultureInfo.InvariantCulture);
        start.Environment["BODY"] = body;
        var (exitCode, output, errors) = await OutsideProgram.RunAsync(start, Signing);
        exitCode.ShouldBe(0, errors);
        return output;
    }

    private static async Task<HttpStatusCode> PostAsync(Uri address, string? id, long? timestamp, string? signature, string body)
    {
        using var client = PlainHttp.Create(address, cookies: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        if (id is not null)
        {
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp!.Value.ToString(CultureInfo.InvariantCulture));
            request.Headers.TryAddWithoutValidation("webhook-signature", signature);
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
