using System.Diagnostics;

namespace AImetier.Portal.Tests.Host;

/// <summary>Runs what tests/run has installed into tests/.tools.</summary>
public static class NodeTool
{
    /// <summary>Root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Runs the command of an npm package to its end.</summary>
    /// <returns>Exit code, and everything that it printed.</returns>
    /// <exception cref="InvalidOperationException">The tool is missing; the message says what to run.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(string command, params string[] arguments)
    {
        var script = Path.Combine(Repository, "tests/.tools/node_modules/.bin", command);
        if (!File.Exists(script))
            throw new InvalidOperationException($"{command} is missing. Run tests/run, or: mkdir -p tests/.tools && cp tests/package*.json tests/.tools/ && npm ci --prefix tests/.tools --ignore-scripts");
        var start = new ProcessStartInfo(Node(), [script, .. arguments]);
        start.Environment["NO_COLOR"] = "1";
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        var (exitCode, output, errors) = await OutsideProgram.RunAsync(start);
        return (exitCode, output + errors);
    }

    /// <summary>Runs a script that imports npm packages. Read from standard input, it finds them from the working directory.</summary>
    /// <param name="script">Path of an ES module.</param>
    /// <param name="argument">What it gets as <c>process.argv[2]</c>.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote to standard error.</exception>
    public static async Task<string> RunScriptAsync(string script, string argument)
    {
        var (exitCode, output, errors) = await OutsideProgram.RunAsync(Script(argument), await File.ReadAllTextAsync(script));
        return exitCode == 0 ? output : throw new InvalidOperationException(errors);
    }

    /// <summary>How a module is started that is read from standard input; it finds the packages of tests/.tools.</summary>
    /// <param name="arguments">What it gets after <c>process.argv[1]</c>.</param>
    public static ProcessStartInfo Script(params string[] arguments) =>
        new(Node(), ["--input-type=module", "-", .. arguments]) { WorkingDirectory = Path.Combine(Repository, "tests/.tools") };

    /// <summary>The program node, version 22 or later.</summary>
    /// <exception cref="InvalidOperationException">It is missing; the message says what to run.</exception>
    public static string Node()
    {
        var tools = Path.Combine(Repository, "tests/.tools/node_modules");
        var own = Directory.GetDirectories(tools, "node-linux-*").Select(folder => Path.Combine(folder, "bin/node"));
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "node"));
        return own.Concat(onPath).FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("Node is missing, on PATH and in tests/.tools. tests/run installs it.");
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AImetier.Portal.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
