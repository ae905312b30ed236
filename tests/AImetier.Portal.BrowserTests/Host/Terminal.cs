using System.Diagnostics;
using AImetier.Portal.Tests.Host;

namespace AImetier.Portal.BrowserTests.Host;

/// <summary>Runs what a page tells a developer to type.</summary>
public static class Terminal
{
    /// <summary>Runs a script in bash with the key in the variable that the page names.</summary>
    /// <returns>What it wrote on its standard output.</returns>
    public static Task<string> RunAsync(string script, string key) => RunAsync(script, "AIMETIER_API_KEY", key);

    /// <summary>Runs a script in bash with a secret in the variable that the page names.</summary>
    /// <returns>What it wrote on its standard output.</returns>
    public static async Task<string> RunAsync(string script, string variable, string secret)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]);
        start.Environment[variable] = secret;
        return (await OutsideProgram.RunAsync(start)).Output;
    }
}
