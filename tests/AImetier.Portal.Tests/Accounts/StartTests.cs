using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AImetier.Portal.Data;
using AImetier.Portal.Tests.Host;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Accounts;

/// <summary>The program as a process of its own: what it prints, and how it ends.</summary>
public sealed class StartTests : IDisposable
{
    private const string HostSource = "Microsoft.Extensions.Hosting.Internal.Host";
    private readonly string _data = Directory.CreateTempSubdirectory("portal-start-").FullName;

    [Fact]
    public async Task A_new_Portal_prints_its_link_on_the_console_only_with_the_address_it_got()
    {
        using var process = Start("--urls=http://127.0.0.1:0");
        var line = "";
        while (!line.Contains("/setup#code=", StringComparison.Ordinal))
            line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? throw new InvalidOperationException("The program ended.");
        process.Kill();
        await process.WaitForExitAsync();
        line.ShouldMatch("^This Portal is new\\. Set it up at http://127\\.0\\.0\\.1:[1-9][0-9]+/setup#code=([2-9a-z]{5}-){3}[2-9a-z]{5}$");
    }

    [Theory]
    [InlineData("", "long enough, really", "The Bakery", "Setup:Email")]
    [InlineData("not an e-mail", "long enough, really", "The Bakery", "Setup:Email")]
    [InlineData("a@bakery.test", "too-short", "The Bakery", "Setup:Password")]
    [InlineData("a@bakery.test", "password1234", "The Bakery", "Setup:Password")]
    [InlineData("a@bakery.test", "long enough, really", "a\u202eb", "Setup:Workspace")]
    public async Task A_bad_value_of_the_unattended_set_up_is_named_in_one_line_without_the_password(
        string email, string password, string workspace, string key)
    {
        var (exit, output, error) = await RunAsync($"--Setup:Email={email}", $"--Setup:Password={password}", $"--Setup:Workspace={workspace}");
        exit.ShouldBe(1);
        error.Trim().Split('\n').Length.ShouldBe(1);
        error.ShouldContain($"The Portal did not start. {key}:");
        (output + error).ShouldNotContain(password);
    }

    [Fact]
    public async Task Half_a_live_model_is_named_in_one_line_without_its_key()
    {
        var (exit, output, error) = await RunAsync("--Model:Name=bakery-1", "--Model:ApiKey=sk-made-for-this-test");
        exit.ShouldBe(1);
        error.Trim().Split('\n').ShouldHaveSingleItem().ShouldStartWith("The Portal did not start. Model:Endpoint: is needed");
        (output + error).ShouldNotContain("sk-made");
    }

    [Fact]
    public async Task A_taken_port_is_named_in_one_line_and_nothing_else_is_called_a_failure()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";
        var (exit, output, error) = await RunAsync($"--urls={address}");
        exit.ShouldBe(1);
        error.Trim().ShouldBe($"The Portal did not start. Failed to bind to address {address}: address already in use.");
        output.ShouldNotContain("ERR");
        output.ShouldNotContain("FTL");
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_named_in_one_line()
    {
        var path = Path.Combine(_data, "ring.pfx");
        await File.WriteAllTextAsync(path, "not a certificate");
        var (exit, _, error) = await RunAsync($"--DataProtection:Certificate={path}", "--DataProtection:CertificatePassword=whatever");
        exit.ShouldBe(1);
        error.ShouldStartWith("The Portal did not start. DataProtection:Certificate:");
        error.Trim().Split('\n').Length.ShouldBe(1);
        error.ShouldNotContain("whatever");
    }

    [Fact]
    public async Task A_certificate_wraps_the_key_ring_and_its_files_belong_to_the_owner_only()
    {
        var path = Path.Combine(_data, "ring.pfx");
        using (var key = RSA.Create(2048))
        {
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = new CertificateRequest("CN=ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
            await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pfx, "for this test"));
        }

        using var portal = new PortalHost().With("DataProtection:Certificate", path).With("DataProtection:CertificatePassword", "for this test");
        using var browser = await new PortalBrowser(portal).SignInAsync();
        var file = Directory.GetFiles(Path.Combine(portal.DataDirectory, "keys")).ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(file)).ShouldContain("EncryptedData");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(portal.DataDirectory, "keys")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData(true, HostSource, false)]
    [InlineData(false, HostSource, true)]
    [InlineData(true, "AImetier.Portal.Features.Accounts.SetupStart", true)]
    public void Only_what_is_put_into_one_line_is_left_out_of_the_log(bool canBeMended, string source, bool logged)
    {
        Exception failure = canBeMended ? new PortalStartException("Portal:PublicUrl is needed") : new InvalidOperationException("A bug.");
        StartFailure.Describe(failure).ShouldBe(canBeMended ? failure.Message : null);
        var text = new MessageTemplateParser().Parse("Hosting failed to start");
        var entry = new LogEvent(DateTimeOffset.UnixEpoch, LogEventLevel.Error, failure, text, [new(Constants.SourceContextPropertyName, new ScalarValue(source))]);
        StartFailure.IsToldBy(entry).ShouldBe(!logged);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] args)
    {
        using var process = Start(args);
        return await process.EndAsync();
    }

    private Process Start(params string[] args) => PortalProcess.Start([.. args, $"--Portal:DataDirectory={Path.Combine(_data, "data")}"]);
}
