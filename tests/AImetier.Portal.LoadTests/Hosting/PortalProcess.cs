using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace AImetier.Portal.LoadTests.Hosting;

/// <summary>A Portal in a process of its own, on a loopback port and a data directory of its own, set up with an owner. Ended by its id.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    public const string OwnerEmail = "owner@bakery.test";

    /// <summary>Settings: limits of keys so high that they are never reached; the limiter works all the same.</summary>
    public static readonly IReadOnlyDictionary<string, string> HighKeyLimits = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RateLimits:PerKey:PermitsPerSecond"] = "100000",
        ["RateLimits:PerKey:Burst"] = "1000000",
    };

    private const string Announcement = "Now listening on: ";
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly DirectoryInfo _data;

    private PortalProcess(Process process, DirectoryInfo data, string password, Uri address)
    {
        _process = process;
        _data = data;
        OwnerPassword = password;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Password of the owner, made for this run.</summary>
    public string OwnerPassword { get; }

    /// <summary>Processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Has the Portal collect what it no longer needs, and reads what it then keeps.</summary>
    /// <returns>Bytes of resident memory.</returns>
    public async Task<long> SettleAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, TwinHost.Settle));
        using var answer = await client.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>Adds an endpoint for events of a teammate.</summary>
    public Task AddWebhookAsync(string teammateId, string url, CancellationToken cancellationToken) =>
        PostAsync($"{TwinWebhooks.Endpoints}?teammate={teammateId}&url={Uri.EscapeDataString(url)}", cancellationToken);

    /// <summary>Has events of a teammate stored, all in one transaction.</summary>
    public Task PublishAsync(string teammateId, int count, CancellationToken cancellationToken) =>
        PostAsync(string.Create(CultureInfo.InvariantCulture, $"{TwinWebhooks.Events}?teammate={teammateId}&count={count}"), cancellationToken);

    /// <summary>Starts the Portal with the twins beside it.</summary>
    /// <param name="settings">Settings beside the usual ones, as <c>Section:Key</c>.</param>
    /// <param name="cancellationToken">Stops the wait; the process is then ended.</param>
    public static async Task<PortalProcess> StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("portal-load-");
        try
        {
            return await StartAsync(settings, data, "Pw-" + RandomNumberGenerator.GetHexString(20), cancellationToken);
        }
        catch
        {
            data.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Kills the process, so that it can finish nothing any more, and starts another on the same files.</summary>
    /// <param name="settings">Settings beside the usual ones, as <c>Section:Key</c>.</param>
    /// <param name="cancellationToken">Stops the wait; the new process is then ended.</param>
    public async Task<PortalProcess> KillAndStartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        await EndAsync(_process);
        var next = await StartAsync(settings, _data, OwnerPassword, cancellationToken);
        _process.Dispose();
        return next;
    }

    private static async Task<PortalProcess> StartAsync(
        IReadOnlyDictionary<string, string> settings, DirectoryInfo data, string password, CancellationToken cancellationToken)
    {
        var start = Cores.Server(TwinHost.Verb);
        start.WorkingDirectory = PortalSource.Folder;
        start.RedirectStandardOutput = true;
        start.Environment["urls"] = "http://127.0.0.1:0";
        start.Environment["Portal__DataDirectory"] = data.FullName;
        start.Environment["Setup__Email"] = OwnerEmail;
        start.Environment["Setup__Password"] = password;
        start.Environment["Setup__Workspace"] = "The Bakery";
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        var process = Process.Start(start)!;
        try
        {
            var address = await ListeningAsync(process).WaitAsync(LongestStart, cancellationToken);
            return new PortalProcess(process, data, password, address);
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync(_process);
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task PostAsync(string path, CancellationToken cancellationToken)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, path));
            using var answer = await client.SendAsync(request, cancellationToken);

            // Busy: nothing was done.
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                continue;
            answer.EnsureSuccessStatusCode();
            return;
        }
    }

    private static Task<Uri> ListeningAsync(Process process)
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            // The output is read to its end, so that the pipe never fills.
            if (line.Data is null)
                listening.TrySetException(new InvalidOperationException("The Portal ended before it listened; its last lines are above."));
            else if (line.Data.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and var at)
                listening.TrySetResult(new Uri(line.Data[(at + Announcement.Length)..]));
            else if (!listening.Task.IsCompleted || !IsCalm(line.Data))
                Console.Out.WriteLine(line.Data);
        };
        process.BeginOutputReadLine();
        return listening.Task;
    }

    // Warnings and errors are shown, with the lines of their exceptions; whatever else the Portal says of its work is not.
    private static bool IsCalm(string line) => line.Contains(" INF ", StringComparison.Ordinal);

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
    }
}
