using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using AImetier.Portal.Tests.Connectors;
using AImetier.Portal.Tests.Developer;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Webhooks;

/// <summary>Over TLS only a receiver whose certificate is vouched for gets something. What a process trusts it reads once, so the Portal is a program of its own here.</summary>
public sealed class VouchedReceiverTests : IDisposable
{
    private static readonly byte[] Taken = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-vouched-");
    private readonly string _password = "Pw-" + RandomNumberGenerator.GetHexString(20);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true, "Delivered")]
    [InlineData(false, "Failed")]
    public async Task Only_a_receiver_that_is_vouched_for_gets_the_event(bool vouched, string state)
    {
        var trusted = Path.Combine(_folder.FullName, "root.pem");
        await File.WriteAllTextAsync(trusted, TestCertificates.Root.ExportCertificatePem());
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var taking = TakeAsync(listener);
        using var program = PortalProcess.Start(
            vouched ? [("SSL_CERT_FILE", trusted)] : [],
            "--urls=http://127.0.0.1:0", $"--Portal:DataDirectory={_folder.FullName}/data", "--Webhooks:AllowedNetworks:0=127.0.0.0/8",
            $"--Setup:Email={PortalHost.OwnerEmail}", $"--Setup:Password={_password}", "--Setup:Workspace=Bakery");
        try
        {
            using var browser = await new PortalBrowser(PlainHttp.Create(await PortalProcess.AddressAsync(program), cookies: true)).SignInAsync(PortalHost.OwnerEmail, _password);
            await browser.GetPageAsync("/teammates/hire");
            (await browser.PostFormAsync("/teammates/hire", new() { ["Name"] = "Mia", ["Role"] = "Marketing", ["Instructions"] = "Keep it short." })).Dispose();
            (await TestAsync(browser, ((IPEndPoint)listener.LocalEndpoint).Port)).ShouldBe(state);
            (await taking.WaitAsync(Until.Longest)).Contains("webhook-signature: v1,", StringComparison.OrdinalIgnoreCase).ShouldBe(vouched);
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
        }
    }

    private static async Task<string> TestAsync(PortalBrowser browser, int port)
    {
        await browser.GetPageAsync("/settings/developer");
        using var added = await browser.SubmitAsync("/settings/developer/webhooks", ("Url", $"https://127.0.0.1:{port}/"), ("Events", "approval.uncertain"));
        var self = (await browser.ReadPageAsync(added)).QuerySelector("[data-testid=webhook-open]")!.GetAttribute("href")!;
        await browser.GetPageAsync(self);
        using var tested = await browser.SubmitAsync(self + "/test");
        var result = tested.Headers.Location!.ToString().Split('#')[0];
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            // The page asks for itself anew as long as there is no answer.
            var said = (await browser.GetPageAsync(result)).QuerySelector("[data-testid=test-result]").ShouldNotBeNull();
            if (!said.HasAttribute("data-poll-url"))
                return said.GetAttribute("data-state")!;
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(Until.Longest);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    // The head of the request that came, or nothing where no safe connection was agreed on.
    private static async Task<string> TakeAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(TestCertificates.ForThisMachine);
            var head = new byte[4096];
            var length = await stream.ReadAsync(head);
            await stream.WriteAsync(Taken);
            return Encoding.Latin1.GetString(head, 0, length);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return "";
        }
    }
}
