using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>The built program as a process of its own, on a free port, with its own data directory and a real clock.</summary>
public sealed partial class PortalProcess : IAsyncDisposable
{
    public const string OwnerEmail = "owner@bakery.test";
    public const string WorkspaceName = "The Bakery";

    /// <summary>Longest wait for the program.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _dataDirectory;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _setupLink = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _console = new();

    private PortalProcess(bool withOwner)
    {
        _dataDirectory = Directory.CreateTempSubdirectory("portal-browser-test-").FullName;
        _process = new Process { StartInfo = Start(withOwner), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The Portal ended.\n{string.Join('\n', _console)}"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
    }

    /// <summary>Password of the owner, made for this run.</summary>
    public string OwnerPassword { get; } = "Pw-" + RandomNumberGenerator.GetHexString(20);

    /// <summary>The project folder, with what pages load beside the program.</summary>
    public static string Folder { get; } = Metadata("PortalFolder");

    /// <summary>Its database, for what only time could bring about.</summary>
    public string Database => Path.Combine(_dataDirectory, "portal.db");

    /// <summary>Where approved mail is saved.</summary>
    public string Outbox => Path.Combine(_dataDirectory, "outbox");

    /// <summary>Where it listens.</summary>
    public Uri Address => _address.Task.Result;

    /// <summary>The link that a new Portal prints.</summary>
    public Task<Uri> SetupLinkAsync() => _setupLink.Task.WaitAsync(Patience);

    /// <summary>Starts a Portal and waits until it listens.</summary>
    public static async Task<PortalProcess> StartAsync(bool withOwner = true)
    {
        var portal = new PortalProcess(withOwner);
        portal._process.Start();
        portal._process.BeginOutputReadLine();
        portal._process.BeginErrorReadLine();
        await portal._address.Task.WaitAsync(Patience);
        return portal;
    }

    /// <summary>The absolute address of a path.</summary>
    public string At(string path) => new Uri(Address, path).AbsoluteUri;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_dataDirectory, recursive: true);
    }

    private ProcessStartInfo Start(bool withOwner)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Folder, Metadata("PortalBuild"), "AImetier.Portal.dll"), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Connectors__PracticeOutbox"] = "true";
        start.Environment["Webhooks__AllowedNetworks__0"] = "127.0.0.0/8";
        start.Environment["Webhooks__AllowHttp"] = "true";
        start.Environment["Portal__DataDirectory"] = _dataDirectory;
        if (withOwner)
        {
            start.Environment["Setup__Email"] = OwnerEmail;
            start.Environment["Setup__Password"] = OwnerPassword;
            start.Environment["Setup__Workspace"] = WorkspaceName;
        }

        return start;
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        if (SetupLine().Match(line) is { Success: true } link)
        {
            // Whoever has this line owns the Portal: it is not kept for messages.
            _setupLink.TrySetResult(new Uri(link.Value));
            return;
        }

        _console.Enqueue(line);
        if (ListeningLine().Match(line) is { Success: true } listening)
            _address.TrySetResult(new Uri(listening.Groups[1].Value));
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It never started, or has ended.
        }
    }

    private static string Metadata(string key) =>
        typeof(PortalProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(pair => pair.Key == key).Value!;

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningLine();

    [GeneratedRegex(@"http://\S+/setup#code=\S+")]
    private static partial Regex SetupLine();
}
