using AImetier.Portal.Features.Reference;
using AImetier.Portal.Tests.Host;
using AngleSharp.Dom;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Reference;

/// <summary>The search of the Developer reference: a form that needs no script.</summary>
public sealed class ManualSearchTests(PortalHost portal) : IClassFixture<PortalHost>
{
    public static TheoryData<string> Hostile =>
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' OR 1=1 --",
        ".*[(",
        "{{constructor}} ${7*7} @(1+1)",
        "\0\u0007\u202Ekey",
        "a\uD83D",
        new string('x', 5_000),
        string.Join(' ', Enumerable.Range(0, 1_000)),
        "+-\"()~*",
        "İstanbul ẞ ﬀ",
    ];

    [Theory]
    [InlineData("wrong_teammate", "/developers/errors#wrong_teammate")]
    [InlineData("WRONG_TEAMMATE", "/developers/errors#wrong_teammate")]
    [InlineData("Idempotent-Replayed", "/developers/idempotency#send-a-key-of-your-own")]
    [InlineData("approval.decided", "/developers/event-types#approvaldecided")]
    [InlineData("List approvals", "/developers/api-approvals#list-approvals")]
    [InlineData("quickstart", "/developers/quickstart")]
    [InlineData("idempotency", "/developers/idempotency")]
    public async Task What_is_looked_for_comes_first(string typed, string first)
    {
        var found = await FindAsync(typed);
        found.QuerySelector("[data-testid=manual-hit] a")!.GetAttribute("href").ShouldBe(first);
        found.QuerySelectorAll("[data-testid=manual-hit]").Length.ShouldBeInRange(1, ManualSearch.Most);
    }

    [Fact]
    public async Task What_was_typed_is_marked_and_stays_in_the_field()
    {
        var found = await FindAsync("Last-Event-ID");
        found.QuerySelectorAll("mark").ShouldContain(mark => mark.TextContent == "Last-Event-ID");
        found.QuerySelector("input[name=q]")!.GetAttribute("value").ShouldBe("Last-Event-ID");
    }

    [Fact]
    public async Task Every_word_must_be_there()
    {
        (await FindAsync("idempotency xylophone")).QuerySelectorAll("[data-testid=manual-hit]").ShouldBeEmpty();
        (await FindAsync("xylophone")).QuerySelector("h1")!.TextContent.ShouldBe("Nothing about “xylophone”");
        (await FindAsync("   ")).QuerySelector("h1")!.TextContent.ShouldBe("Search the reference");
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Whatever_is_typed_is_text(string typed)
    {
        var found = await FindAsync(typed);
        found.QuerySelectorAll("main script, main img, main [onerror]").ShouldBeEmpty();
        var field = found.QuerySelector("input[name=q]")!.GetAttribute("value")!;
        field.Length.ShouldBeLessThanOrEqualTo(ManualSearch.Longest);
        found.QuerySelector("main h1").ShouldNotBeNull();
    }

    private async Task<IDocument> FindAsync(string typed)
    {
        using var browser = new PortalBrowser(portal);
        return await browser.GetPageAsync("/developers/search?q=" + Uri.EscapeDataString(typed));
    }
}
