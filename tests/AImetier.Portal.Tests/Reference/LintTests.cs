using AImetier.Portal.Tests.Host;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Reference;

/// <summary>The linters of the field find nothing in the API's description.</summary>
public sealed class LintTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string NoSchema = """{"openapi": "3.1.1", "info": {"title": "A", "version": "1"}, "paths": {"/a": {"get": {"responses": {"wrong": {}}}}}}""";

    [Theory]
    [InlineData("spectral")]
    [InlineData("redocly")]
    public async Task A_linter_finds_nothing(string linter)
    {
        var (exitCode, output) = await LintAsync(linter, await Description.ReadAsync(portal));
        exitCode.ShouldBe(0, output);
        output.ShouldNotContain("warning", Case.Insensitive, output);
    }

    [Theory]
    [InlineData("spectral")]
    [InlineData("redocly")]
    public async Task It_would_find_something(string linter)
    {
        var (exitCode, output) = await LintAsync(linter, NoSchema);
        exitCode.ShouldBe(1, output);
        output.ShouldContain("responses");
    }

    private static async Task<(int ExitCode, string Output)> LintAsync(string linter, string text)
    {
        var folder = Directory.CreateTempSubdirectory("openapi-");
        try
        {
            var file = Path.Combine(folder.FullName, "openapi.json");
            await File.WriteAllTextAsync(file, text);
            if (linter == "redocly")
                return await NodeTool.RunAsync("redocly", "lint", file, "--extends", "recommended");
            var rules = Path.Combine(folder.FullName, "rules.yaml");
            await File.WriteAllTextAsync(rules, "extends: [\"spectral:oas\"]\n");
            return await NodeTool.RunAsync("spectral", "lint", file, "--ruleset", rules);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
