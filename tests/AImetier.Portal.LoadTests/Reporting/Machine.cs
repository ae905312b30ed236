using System.Runtime.InteropServices;

namespace AImetier.Portal.LoadTests.Reporting;

/// <summary>What a figure was measured on.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Cores.All} cores ({Processor()}), {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, "
        + (Cores.ArePinned ? "server and client on a core each" : "server and client share the cores");

    private static string Processor()
    {
        const string Source = "/proc/cpuinfo";
        var line = File.Exists(Source) ? File.ReadLines(Source).FirstOrDefault(one => one.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 2)..] ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
