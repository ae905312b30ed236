using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AImetier.Portal.Features.ApiTokens;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Reference.Samples;

/// <summary>Nothing is shown that was not run: every block of code is a sample, what came of one, an example that fits its schema, or one of the few below.</summary>
public sealed class FenceTests(SamplePortal portal) : IClassFixture<SamplePortal>
{
    // What is shown and not run, with the reason.
    private static readonly (string Topic, string Heading)[] OnlyShown =
    [
        ("authentication", "The format of a key"), // a drawing
        ("authentication", "Find keys that leaked"), // a pattern; tested here
        ("webhooks", "What you get"), // what the Portal sends: its example is tested here
        ("mcp", "Connect a client"), // a line for a program that is not here
    ];

    [Fact]
    public async Task Every_block_is_run_compared_or_listed()
    {
        var fences = await Fence.AllAsync(portal);
        fences.Where(fence => !Allowed(fence)).Select(fence => fence.Place).ShouldBeEmpty();
        fences.Where(IsOnlyShown).Select(fence => (fence.Topic, fence.Heading)).ShouldBe(OnlyShown, ignoreOrder: true);
        foreach (var answer in fences.Where(fence => fence.Mark is "answer" or "output"))
            fences.ShouldContain(other => other.IsSample && other.Topic == answer.Topic && other.Group == answer.Group, answer.Place);
    }

    [Fact]
    public async Task Every_operation_has_a_sample_and_every_example_fits_its_schema()
    {
        var document = await Description.ParseAsync(portal);
        var schemas = new SchemaCheck(document);
        var fences = await Fence.AllAsync(portal);
        foreach (var fence in fences.Where(fence => fence.Mark == "example"))
        {
            var body = JsonNode.Parse(fence.Code);
            if (fence.Topic == "event-types")
                schemas.Problems(fence.Heading, body).ShouldBeEmpty(fence.Place);
            else
                schemas.Problems(fence.Endpoint!.Split(' ')[0].ToLowerInvariant(), fence.Endpoint.Split(' ')[1], body).ShouldBeEmpty(fence.Place);
        }

        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        fences.Where(fence => fence is { Language: "bash", Endpoint: not null } && fence.Topic.StartsWith("api-", StringComparison.Ordinal)).Select(fence => fence.Endpoint!)
            .ShouldBe(described, ignoreOrder: true);
    }

    [Fact]
    public async Task The_pattern_finds_keys_and_the_vectors_are_keys()
    {
        using var client = portal.Client();
        var page = await client.GetStringAsync("/developers/authentication.md");
        var pattern = Fence.Of("authentication", page).Single(fence => fence is { Language: "text", Heading: "Find keys that leaked" }).Code.Trim();
        var vectors = Regex.Matches(page, "(?<=^- `)[^`]+", RegexOptions.Multiline, TimeSpan.FromSeconds(1)).Select(match => match.Value).ToList();
        vectors.Count.ShouldBe(3);
        foreach (var vector in vectors.Append(PlainToken.Generate().Reveal()))
        {
            TokenFormat.IsWellFormed(vector).ShouldBeTrue();
            Regex.Match($"key={vector};", pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).Value.ShouldBe(vector);
            Regex.IsMatch(vector + "x", pattern, RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task The_webhook_that_is_shown_is_one()
    {
        var shown = (await Fence.AllAsync(portal)).Single(fence => fence is { Topic: "webhooks", Language: "http" }).Code;
        var body = JsonNode.Parse(shown[(shown.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        new SchemaCheck(await Description.ParseAsync(portal)).Problems("approval.decided", body).ShouldBeEmpty();
        foreach (var header in new[] { "webhook-id: evt_", "webhook-timestamp: ", "webhook-signature: v1," })
            shown.ShouldContain(header);
    }

    [Theory]
    [InlineData("json", """{"id": "tm_…", "at": "2026-05-03T14:05:09Z", "…": "…"}""", """{"id": "tm_1", "at": "2027-01-01T00:00:00Z", "more": 1}""", true)]
    [InlineData("json", """{"id": "tm_…"}""", """{"id": "cv_1"}""", false)]
    [InlineData("json", """{"id": "tm_…"}""", """{"id": "tm_1", "more": 1}""", false)]
    [InlineData("json", """{"id": "tm_…", "name": "…"}""", """{"id": "tm_1"}""", false)]
    [InlineData("json", """{"ids": ["…"]}""", """{"ids": []}""", false)]
    [InlineData("json", """{"count": 1}""", """{"count": 2}""", false)]
    [InlineData("json", """{"model": null}""", """{"model": "x"}""", false)]
    [InlineData("json", """{"model": null}""", "nothing of the kind", false)]
    [InlineData("http", "HTTP/1.1 200 OK\nX-Id: req_…", "HTTP/1.1 200 OK\r\nDate: today\r\nX-Id: req_1\r\n\r\n{}", true)]
    [InlineData("http", "HTTP/1.1 200 OK\nX-Id: req_…", "HTTP/1.1 200 OK\r\nDate: today\r\n\r\n{}", false)]
    [InlineData("http", "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found\r\n\r\n", false)]
    [InlineData("http", "HTTP/1.1 200 OK\n\n{\"a\": 1}", "HTTP/1.1 200 OK\r\n\r\n{\"a\": 2}", false)]
    [InlineData("text", "True\n…", "true\nand more", true)]
    [InlineData("text", "True", "true\nand more", false)]
    public void An_answer_is_compared(string language, string shown, string came, bool fits) =>
        AnswerCheck.Problems(new Fence("", "", null, 0, language, "answer", shown), came).Any().ShouldBe(!fits);

    private static bool IsOnlyShown(Fence fence) => fence is { Mark: "", Language: "text" or "shell" or "http" };

    private static bool Allowed(Fence fence) => fence switch
    {
        { IsSample: true, Mark: "" } => true,
        { Language: "json" or "http", Mark: "answer" } => true,
        { Language: "text", Mark: "output" } => true,
        { Language: "json", Mark: "example" } => fence.Topic.StartsWith("api-", StringComparison.Ordinal) || fence.Topic == "event-types",
        _ => IsOnlyShown(fence),
    };
}
