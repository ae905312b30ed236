using System.Diagnostics;

namespace AImetier.Portal.Tests.Reference.Samples;

/// <summary>Runs programs to their end.</summary>
internal static class Shell
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <summary>Runs a program.</summary>
    /// <param name="start">The program.</param>
    /// <param name="input">What it reads, or null.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(ProcessStartInfo start, string? input = null)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.RedirectStandardInput = input is not null;
        start.UseShellExecute = false;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }

        try
        {
            await process.WaitForExitAsync().WaitAsync(Longest);
            return (process.ExitCode, await output, await errors);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, await output, $"It did not end.\n{await errors}");
        }
    }
}
