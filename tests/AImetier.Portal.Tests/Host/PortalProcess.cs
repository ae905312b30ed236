using System.Diagnostics;
using AImetier.Portal.Data;

namespace AImetier.Portal.Tests.Host;

/// <summary>Starts the program as a process of its own.</summary>
internal static class PortalProcess
{
    private const string Listening = "Now listening on: ";

    /// <summary>Starts it with its output caught. The caller disposes it.</summary>
    public static Process Start(params string[] args) => Start([], args);

    /// <summary>Starts it with variables of its environment.</summary>
    /// <param name="environment">Name and value of each.</param>
    /// <param name="args">The command line.</param>
    public static Process Start(IEnumerable<(string Name, string Value)> environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(PortalDbContext).Assembly.Location, .. args])
        {
            WorkingDirectory = Path.GetDirectoryName(typeof(PortalDbContext).Assembly.Location)!,
        };
        start.Environment.Remove("ASPNETCORE_URLS");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return OutsideProgram.Start(start);
    }

    /// <summary>Waits until it listens, and reads on what it prints, so that the pipes never fill.</summary>
    /// <param name="program">The started program.</param>
    /// <returns>Where it listens.</returns>
    /// <exception cref="InvalidOperationException">It ended.</exception>
    public static async Task<Uri> AddressAsync(Process program)
    {
        _ = program.StandardError.ReadToEndAsync();
        while (await program.StandardOutput.ReadLineAsync().WaitAsync(Until.Longest) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                _ = program.StandardOutput.ReadToEndAsync();
                return new Uri(line[(at + Listening.Length)..]);
            }
        }

        throw new InvalidOperationException("The program ended.");
    }
}
