using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Reference.Samples;

/// <summary>Every sample of the Developer reference runs, and does what its page says.</summary>
public sealed class SampleTests(SamplePortal portal) : IClassFixture<SamplePortal>
{
    [Fact]
    public Task Samples_for_the_shell_run_and_answer_as_shown() => RunAllAsync("bash");

    [Fact]
    public Task Samples_in_CSharp_run_and_answer_as_shown() => RunAllAsync("csharp");

    [Fact]
    public Task Samples_in_JavaScript_run_and_answer_as_shown() => RunAllAsync("javascript");

    [PythonFact]
    public Task Samples_in_Python_run_and_answer_as_shown() => RunAllAsync("python");

    [Theory]
    [InlineData("javascript", "throw new Error('no')", "ended with 1")]
    [InlineData("bash", "exit 3", "ended with 3")]
    [InlineData("bash", "echo other", "came: other")]
    public async Task A_sample_that_breaks_or_says_something_else_is_found(string language, string code, string problem)
    {
        var fences = Fence.Of("x", $"## Y\n\n```{language}\n{code}\n```\n\n```text output\nthis\n```\n").ToList();
        (await ProblemsAsync(fences[0], [fences[1]], await SchemasAsync())).ShouldContain(found => found.Contains(problem, StringComparison.Ordinal));
    }

    private async Task RunAllAsync(string language)
    {
        var schemas = await SchemasAsync();
        var groups = (await Fence.AllAsync(portal)).GroupBy(fence => (fence.Topic, fence.Group)).ToList();
        var problems = new List<string>();
        var run = 0;
        foreach (var group in groups)
        {
            foreach (var sample in group.Where(fence => fence.Language == language && !fence.IsReceiver))
            {
                problems.AddRange(await ProblemsAsync(sample, AnswersTo(sample, [.. group]), schemas));
                run++;
            }
        }

        problems.ShouldBeEmpty();
        run.ShouldBeGreaterThan(5);
    }

    // JSON is what the shell gets. Programs print something of their own, which stands there as output, where the shell prints none.
    private static List<Fence> AnswersTo(Fence sample, List<Fence> group) =>
        [.. group.Where(fence => !fence.IsSample && (fence.Mark == "output"
            ? sample.Language != "bash" || group.All(other => !other.IsSample || other.Language == "bash")
            : sample.Language == "bash"))];

    private async Task<List<string>> ProblemsAsync(Fence sample, IReadOnlyList<Fence> answers, SchemaCheck schemas)
    {
        var (exitCode, output, errors) = await portal.RunAsync(sample);
        if (exitCode != 0)
            return [$"{sample.Place} ended with {exitCode}\n{output}\n{errors}"];
        var found = new List<string>();
        foreach (var answer in answers)
        {
            var problems = answer.Mark == "example" ? Described(sample, output, schemas) : AnswerCheck.Problems(answer, output);
            found.AddRange(problems.Select(problem => $"{sample.Place}: {problem}"));
        }

        if (errors.Contains("Traceback", StringComparison.Ordinal))
            found.Add($"{sample.Place}: {errors}");
        return found;
    }

    private static IEnumerable<string> Described(Fence sample, string output, SchemaCheck schemas)
    {
        var parts = sample.Endpoint!.Split(' ');
        return schemas.Problems(parts[0].ToLowerInvariant(), parts[1], JsonNode.Parse(output));
    }

    private async Task<SchemaCheck> SchemasAsync() => new(await Description.ParseAsync(portal));
}
