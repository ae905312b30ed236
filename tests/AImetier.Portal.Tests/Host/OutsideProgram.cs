using System.Diagnostics;

namespace AImetier.Portal.Tests.Host;

/// <summary>Runs programs. None waits for input that nobody gives, and none is waited for without end: a program that hangs fails its test.</summary>
public static class OutsideProgram
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="start">The program.</param>
    /// <param name="input">What it reads, or null.</param>
    /// <exception cref="TimeoutException">It did not end, and was killed with all that it had started.</exception>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(ProcessStartInfo start, string? input = null)
    {
        using var program = Start(start);
        await program.GiveAsync(input);
        return await program.EndAsync();
    }

    /// <summary>Starts a program with its streams in the hands of the test. The caller gives it its input, ends it, and disposes it.</summary>
    /// <param name="start">The program.</param>
    public static Process Start(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        return Process.Start(start)!;
    }

    /// <summary>Gives a program all that it will read.</summary>
    /// <param name="program">The program.</param>
    /// <param name="input">What it reads, or null.</param>
    public static async Task GiveAsync(this Process program, string? input = null)
    {
        await program.StandardInput.WriteAsync(input);
        program.StandardInput.Close();
    }

    /// <summary>Waits for the end of a program whose output nobody has read.</summary>
    /// <param name="program">The program.</param>
    /// <exception cref="TimeoutException">It did not end, and was killed with all that it had started.</exception>
    public static async Task<(int ExitCode, string Output, string Errors)> EndAsync(this Process program)
    {
        var (output, errors) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        try
        {
            await Task.WhenAll(output, errors, program.WaitForExitAsync()).WaitAsync(Longest);
            return (program.ExitCode, await output, await errors);
        }
        catch (TimeoutException)
        {
            program.Kill(entireProcessTree: true);
            throw;
        }
    }
}
