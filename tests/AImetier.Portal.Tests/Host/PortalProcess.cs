using System.Diagnostics;
using AImetier.Portal.Data;

namespace AImetier.Portal.Tests.Host;

/// <summary>Starts the program as a process of its own.</summary>
internal static class PortalProcess
{
    /// <summary>Starts it with its output caught. The caller disposes it.</summary>
    public static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(PortalDbContext).Assembly.Location, .. args])
        {
            WorkingDirectory = Path.GetDirectoryName(typeof(PortalDbContext).Assembly.Location)!,
        };
        start.Environment.Remove("ASPNETCORE_URLS");
        return OutsideProgram.Start(start);
    }
}
