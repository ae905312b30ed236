using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace AImetier.Portal.LoadTests;

/// <summary>
/// Keeps the measured server and the load apart: where there are two cores and <c>taskset</c>, this program runs again bound to the second one
/// and binds the servers it starts to the first.
/// </summary>
internal static class Cores
{
    private const string TaskSet = "/usr/bin/taskset";
    private const string Mark = "PORTAL_LOAD_CORES";
    private const string ForServer = "0";
    private const string ForClient = "1";

    /// <summary>Whether server and client have a core each.</summary>
    public static bool ArePinned => Environment.GetEnvironmentVariable(Mark) is not null;

    /// <summary>Cores of the machine.</summary>
    public static int All =>
        int.TryParse(Environment.GetEnvironmentVariable(Mark), NumberStyles.None, CultureInfo.InvariantCulture, out var cores) ? cores : Environment.ProcessorCount;

    /// <summary>Runs this program again on the client's core and returns its exit code; null where that is not possible or done.</summary>
    public static async Task<int?> RunPinnedAsync(string[] args)
    {
        if (ArePinned || Environment.ProcessorCount < 2 || !File.Exists(TaskSet))
            return null;

        // An interrupt reaches it too, for it shares the console; the wish to end is passed on.
        using var self = Process.Start(Command(ForClient, [Environment.ProcessPath!, .. Managed(), .. args]))!;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            using var kill = Process.Start("kill", self.Id.ToString(CultureInfo.InvariantCulture));
        });
        await self.WaitForExitAsync();
        return self.ExitCode;
    }

    /// <summary>How to start this program once more, as a server, on the server's core.</summary>
    public static ProcessStartInfo Server(params string[] args)
    {
        string[] command = [Environment.ProcessPath!, .. Managed(), .. args];
        return ArePinned ? Command(ForServer, command) : new ProcessStartInfo(command[0], command[1..]);
    }

    private static ProcessStartInfo Command(string core, string[] command)
    {
        var start = new ProcessStartInfo(TaskSet, ["-c", core, .. command]);
        start.Environment[Mark] = All.ToString(CultureInfo.InvariantCulture);
        return start;
    }

    // Started as `dotnet program.dll`, the path of the process is that of `dotnet`.
    private static string[] Managed() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Cores).Assembly.Location] : [];
}
