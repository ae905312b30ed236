using System.Diagnostics;
using AImetier.Portal.Tests.Host;

namespace AImetier.Portal.Tests.Webhooks.Killing;

/// <summary>The Portal as a process of its own, on a database of others. It is ended with SIGKILL, by its id.</summary>
public sealed class KilledProcess : IAsyncDisposable
{
    private const string Announcement = "Now listening on: ";
    private readonly Process _process;
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KilledProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) =>
        {
            // The output is read to its end, so that the pipe never fills.
            if (line.Data?.Contains(Announcement, StringComparison.Ordinal) != false)
                _listening.TrySetResult();
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Ends when it listens, or has ended.</summary>
    public Task Listening => _listening.Task;

    /// <summary>Settings of every process on a database.</summary>
    /// <param name="folder">The data directory.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Settings(string folder) =>
    [
        new("urls", "http://127.0.0.1:0"),
        new("Portal:DataDirectory", folder),
        new("Webhooks:AllowHttp", "true"),
        new("Webhooks:AllowedNetworks:0", "127.0.0.0/8"),
    ];

    /// <summary>Starts one.</summary>
    /// <param name="folder">The data directory.</param>
    public static KilledProcess Start(string folder)
    {
        var program = typeof(PortalApplication).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program]) { WorkingDirectory = Path.GetDirectoryName(program)! };
        foreach (var (key, value) in Settings(folder))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new KilledProcess(OutsideProgram.Start(start));
    }

    /// <summary>Kills it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
