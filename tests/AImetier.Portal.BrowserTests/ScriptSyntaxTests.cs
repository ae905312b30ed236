using System.Diagnostics;
using AImetier.Portal.BrowserTests.Host;
using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.BrowserTests;

/// <summary>Every script parses as the module that pages load it as. Needs Node 22; no browser.</summary>
public sealed class ScriptSyntaxTests
{
    [Fact]
    public async Task Every_script_is_a_module_that_parses()
    {
        var scripts = Directory.GetFiles(Path.Combine(PortalProcess.Folder, "wwwroot/js"), "*.js");
        scripts.ShouldNotBeEmpty();
        foreach (var script in scripts)
            (await CheckAsync(await File.ReadAllTextAsync(script))).ShouldBe("", Path.GetFileName(script));
    }

    [Theory]
    [InlineData("export const words = ;")]
    [InlineData("with (document) title = 'only sloppy scripts may do this';")]
    public async Task A_script_that_is_no_module_is_found(string script) => (await CheckAsync(script)).ShouldContain("SyntaxError");

    private static async Task<string> CheckAsync(string script) =>
        (await OutsideProgram.RunAsync(new ProcessStartInfo(Node(), ["--input-type=module", "--check", "-"]), script)).Errors;

    private static string Node()
    {
        var tools = Path.GetFullPath("../../tests/.tools/node_modules", PortalProcess.Folder);
        var own = Directory.Exists(tools) ? Directory.GetDirectories(tools, "node-linux-*").Select(folder => Path.Combine(folder, "bin/node")) : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "node"));
        return own.Concat(onPath).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Node is missing, on PATH and in tests/.tools. tests/run installs it.");
    }
}
