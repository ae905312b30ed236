using System.Diagnostics;

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
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment[variable] = secret;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await errors;
        await process.WaitForExitAsync();
        return output;
    }
}
