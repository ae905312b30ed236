using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AImetier.Portal.Tests.Host;

namespace AImetier.Portal.Tests.Reference.Samples;

/// <summary>
/// Every C# sample in one program, compiled once by the SDK's compiler: each is the body of a method in a namespace of its own, with its own usings, as top-level
/// statements are the body of Main. A warning is an error. The usings that the SDK adds to a program are there; packages are those of the tests.
/// </summary>
internal sealed partial class CSharpSamples : IDisposable
{
    private const string Implicit =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // The framework's own, and the package that the samples name with what it brings.
    private static readonly string[] Beginnings = ["System.", "ModelContextProtocol", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.AI.Abstractions"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reference-samples-");
    private readonly List<Fence> _samples;

    private CSharpSamples(List<Fence> samples) => _samples = samples;

    private string Program => Path.Combine(_folder.FullName, "Samples.dll");

    /// <summary>Compiles the program.</summary>
    public static async Task<CSharpSamples> CompileAsync(IEnumerable<Fence> samples)
    {
        var program = new CSharpSamples([.. samples]);
        await program.WriteAsync();
        var (exitCode, output, errors) = await OutsideProgram.RunAsync(new ProcessStartInfo("dotnet", [await CompilerAsync(), "-noconfig", "@samples.rsp"]) { WorkingDirectory = program._folder.FullName });
        return exitCode == 0 ? program : throw new InvalidOperationException($"The C# samples do not compile.\n{output}{errors}");
    }

    /// <summary>How a sample is started: with the libraries and the runtime of the tests.</summary>
    public ProcessStartInfo Start(Fence sample)
    {
        var tests = Path.Combine(AppContext.BaseDirectory, typeof(CSharpSamples).Assembly.GetName().Name!);
        return new("dotnet", ["exec", "--runtimeconfig", tests + ".runtimeconfig.json", "--depsfile", tests + ".deps.json", "--additionalprobingpath", AppContext.BaseDirectory, Program, _samples.IndexOf(sample).ToString(CultureInfo.InvariantCulture)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<string> CompilerAsync()
    {
        var (_, version, _) = await OutsideProgram.RunAsync(new ProcessStartInfo("dotnet", ["--version"]) { WorkingDirectory = AppContext.BaseDirectory });
        var (_, installed, _) = await OutsideProgram.RunAsync(new ProcessStartInfo("dotnet", ["--list-sdks"]));
        var sdk = installed.Split('\n').First(line => line.StartsWith(version.Trim() + " ", StringComparison.Ordinal));
        return Path.Combine(sdk[(sdk.IndexOf('[', StringComparison.Ordinal) + 1)..sdk.IndexOf(']', StringComparison.Ordinal)], version.Trim(), "Roslyn/bincore/csc.dll");
    }

    private async Task WriteAsync()
    {
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Beginnings.Any(beginning => Path.GetFileName(path).StartsWith(beginning, StringComparison.Ordinal)));
        await WriteAsync("samples.rsp", string.Join('\n', ["-nologo", "-nullable:enable", "-warnaserror", "-nowarn:CS1998", $"-out:{Program}", .. libraries.Select(path => $"-r:{path}"), "*.cs"]));
        await WriteAsync("Program.cs", $$"""
            {{Implicit}}
            switch (args[0])
            {
            {{string.Concat(_samples.Select((_, index) => $"case \"{index}\": await Sample{index}.Program.RunAsync(); break;\n"))}}
            }
            """);
        for (var index = 0; index < _samples.Count; index++)
            await WriteAsync($"Sample{index}.cs", Wrap(index, _samples[index].Code));
    }

    private static string Wrap(int index, string code)
    {
        var usings = new StringBuilder();
        var body = Using().Replace(code, match =>
        {
            usings.AppendLine(match.Value);
            return "";
        });
        return $$"""
            namespace Sample{{index}}
            {
            {{usings}}
            internal static class Program
            {
            public static async Task RunAsync()
            {
            {{body}}
            }
            }
            }
            """;
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text);

    [GeneratedRegex(@"^using [A-Z][\w.]*;$", RegexOptions.Multiline)]
    private static partial Regex Using();
}
