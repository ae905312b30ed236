using System.Net;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.Reference;
using AImetier.Portal.Tests.Host;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Reference;

/// <summary>The pages of the Developer reference.</summary>
public sealed class ManualPagesTests(PortalHost portal) : IClassFixture<PortalHost>
{
    private const string Strict = "script-src 'self'; style-src 'self'";

    [Fact]
    public async Task Every_topic_is_a_page_and_the_same_as_Markdown_and_stands_in_llms_txt()
    {
        using var browser = new PortalBrowser(portal);
        var llms = await browser.Client.GetStringAsync("/llms.txt");
        llms.ShouldStartWith("# AImetier Portal\n\n> ");
        foreach (var topic in await TopicsAsync())
        {
            var page = await browser.GetPageAsync(topic.Path);
            page.QuerySelector("h1")!.TextContent.ShouldBe(topic.Title);
            page.QuerySelector("main article")!.GetAttribute("lang").ShouldBe("en");
            page.QuerySelectorAll("h1").Length.ShouldBe(1);

            using var source = await browser.GetAsync(topic.Path + ".md");
            source.Content.Headers.ContentType!.ToString().ShouldBe("text/markdown; charset=utf-8");
            (await source.Content.ReadAsStringAsync()).ShouldStartWith($"# {topic.Title}\n\n");
            llms.ShouldContain($"- [{topic.Title}]({portal.Address}developers/{topic.Slug}.md): {topic.Summary}\n");
        }
    }

    [Fact]
    public async Task Pages_and_sources_speak_of_this_installation()
    {
        using var client = portal.Client();
        foreach (var topic in await TopicsAsync())
        {
            (await client.GetStringAsync(topic.Path)).ShouldNotContain("localhost:5080");
            (await client.GetStringAsync(topic.Path + ".md")).ShouldNotContain("localhost:5080");
        }

        (await client.GetStringAsync("/developers/search?q=curl")).ShouldNotContain("localhost:5080");
        (await client.GetStringAsync("/developers/quickstart")).ShouldContain($"curl</span> {portal.Address}api/v1/teammates/me/messages");
        await using var open = new PortalHost().With("Portal:PublicUrl", "https://portal.example.com/");
        using var visitor = open.Client();
        var page = await visitor.GetStringAsync("/developers/quickstart");
        page.ShouldContain("https://portal.example.com/api/v1/teammates/me/messages");
        page.ShouldNotContain(open.Address.Authority);
        (await visitor.GetStringAsync("/llms.txt")).ShouldContain("(https://portal.example.com/developers/quickstart.md)");
    }

    [Fact]
    public async Task It_is_there_before_the_Portal_is_set_up()
    {
        await using var fresh = new PortalHost().WithoutOwner();
        using var client = fresh.Client();
        using var answer = await client.GetAsync(new Uri("/developers/quickstart", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/developers/nothing")]
    [InlineData("/developers/Quickstart%2F..")]
    [InlineData("/developers/%3Cscript%3E")]
    public async Task A_topic_that_does_not_exist_is_a_page_that_leads_on(string path)
    {
        using var browser = new PortalBrowser(portal);
        using var answer = await browser.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = await browser.ReadPageAsync(answer);
        page.QuerySelector("[data-testid=manual-unknown] h1")!.TextContent.ShouldBe("There is no such page in the reference");
        page.QuerySelector("[data-testid=manual-contents] a[href='/developers/quickstart']").ShouldNotBeNull();
        page.QuerySelector("main script").ShouldBeNull();
    }

    [Fact]
    public async Task The_source_of_a_topic_that_does_not_exist_is_not_found()
    {
        using var client = portal.Client();
        using var answer = await client.GetAsync(new Uri("/developers/nothing.md", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/markdown");
    }

    [Fact]
    public async Task The_frame_is_in_French_and_the_topics_stay_English()
    {
        using var browser = new PortalBrowser(portal);
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        var page = await browser.GetPageAsync("/developers/errors");
        page.DocumentElement.GetAttribute("lang").ShouldBe("fr");
        page.QuerySelector("[data-testid=manual-contents] a[aria-current=page]")!.TextContent.ShouldBe("Erreurs");
        page.QuerySelector("main article")!.GetAttribute("lang").ShouldBe("en");
        page.QuerySelector("h1")!.TextContent.ShouldBe("Errors");
        (await browser.GetPageAsync("/developers")).QuerySelector("h1")!.TextContent.ShouldBe("Référence du développeur");
    }

    [Fact]
    public async Task Every_topic_has_a_label_in_the_contents_in_both_languages()
    {
        using var browser = new PortalBrowser(portal);
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr");
        var page = await browser.GetPageAsync("/developers");
        var labels = page.QuerySelectorAll("[data-testid=manual-contents] a").Select(link => (Path: link.GetAttribute("href"), Label: link.TextContent.Trim())).ToList();
        labels.Select(link => link.Path).ShouldBe((await TopicsAsync()).Select(topic => (string?)topic.Path));
        Shared.SourceFiles.All("Reference/ReferenceText.fr.resx").Single().Text.ShouldSatisfyAllConditions(
            [.. labels.Select<(string? Path, string Label), Action<string>>(link => texts => texts.ShouldContain($"\"Topic.{link.Path![12..]}\""))]);
    }

    [Fact]
    public async Task Headers_stay_strict_but_for_the_page_on_which_calls_are_tried()
    {
        using var client = portal.Client();
        foreach (var path in new[] { "/developers", "/developers/quickstart", "/developers/search?q=key", "/developers/nothing", "/llms.txt", "/account/sign-in", "/api/v1/me" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith(Strict, Case.Sensitive, path);
        }

        var policies = new List<string>();
        for (var visit = 0; visit < 2; visit++)
        {
            using var answer = await client.GetAsync(new Uri("/developers/try/", UriKind.Relative));
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("style-src 'self' 'unsafe-inline'");
            policy.ShouldContain("script-src 'self' 'nonce-");
            policy.ShouldContain("default-src 'none'");
            policy.ShouldContain("connect-src 'self'");
            policy.ShouldContain("frame-ancestors 'none'");
            var page = await answer.Content.ReadAsStringAsync();
            page.ShouldContain("\"telemetry\":false");
            page.ShouldContain("\"withDefaultFonts\":false");
            page.ShouldContain("\"showDeveloperTools\":\"never\"");
            page.ShouldContain("\"agent\":{\"disabled\":true}");
            page.ShouldNotContain("https://");
            policies.Add(policy);
        }

        policies[0].ShouldNotBe(policies[1], "the number is made for one answer");
    }

    [Fact]
    public async Task Settings_leads_to_the_reference_for_the_picked_teammate()
    {
        var teammate = await portal.HireAsync("Mia");
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var settings = await admin.GetPageAsync($"/settings/developer?teammate={teammate}");
        var link = settings.QuerySelector("[data-testid=developer-reference]")!.GetAttribute("href")!;
        link.ShouldBe($"/developers?teammate={teammate}");
        (await admin.GetPageAsync(link)).QuerySelector("[data-testid=manual-filled]")!.TextContent.ShouldContain("Mia");
    }

    [Fact]
    public async Task A_picked_teammate_fills_the_samples_and_goes_along()
    {
        var teammate = await portal.HireAsync("Mia <b>");
        using var admin = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Admin));
        var page = await admin.GetPageAsync($"/developers/quickstart?teammate={teammate}");
        page.QuerySelector("[data-testid=manual-filled]")!.TextContent.ShouldContain($"Mia <b> ({teammate})");
        page.QuerySelector("article")!.TextContent.ShouldContain($"/api/v1/teammates/{teammate}/messages");
        page.QuerySelector("article")!.TextContent.ShouldNotContain("/teammates/me");
        var links = page.QuerySelectorAll("article a[href^='/developers/'], nav a[href^='/developers/']:not([href='/developers/try'])");
        links.Length.ShouldBeGreaterThan(10);
        links.ShouldAllBe(link => link.GetAttribute("href")!.Contains($"?teammate={teammate}", StringComparison.Ordinal));
        (await admin.Client.GetStringAsync($"/developers/quickstart.md?teammate={teammate}")).ShouldContain($"/api/v1/teammates/{teammate}/messages");
    }

    [Fact]
    public async Task A_teammate_is_filled_in_only_for_who_may_pick_it()
    {
        var stranger = await portal.AddWorkspaceAsync();
        var theirs = await portal.HireAsync("Secret name", stranger.WorkspaceId);
        var ours = await portal.HireAsync("Secret name");
        using var admin = await new PortalBrowser(portal).SignInAsync();
        using var member = await new PortalBrowser(portal).SignInAsync(await portal.AddPersonAsync(PersonRole.Member));
        using var visitor = new PortalBrowser(portal);
        foreach (var (browser, teammate) in new[] { (admin, theirs), (member, ours), (visitor, ours), (admin, "tm_00000000000000000000"), (admin, "\"><script>alert(1)</script>") })
        {
            foreach (var path in new[] { "/developers", "/developers/quickstart", "/developers/quickstart.md", "/developers/search", "/developers/nothing" })
            {
                using var asked = await browser.GetAsync($"{path}?teammate={Uri.EscapeDataString(teammate)}");
                using var plain = await browser.GetAsync(path);
                Without(await asked.Content.ReadAsStringAsync(), teammate).ShouldBe(Without(await plain.Content.ReadAsStringAsync(), teammate), path);
            }
        }

        (await admin.GetPageAsync($"/developers?teammate={ours}")).QuerySelector("[data-testid=manual-filled]")!.TextContent.ShouldContain("Secret name");
    }

    // The address to come back to after a change of language, and the form's token, are the reader's own.
    private static string Without(string page, string teammate)
    {
        page.ShouldNotContain("Secret name");
        return string.Join('\n', page.Split('\n').Where(line => !line.Contains("name=\"returnUrl\"", StringComparison.Ordinal) && !line.Contains("__RequestVerificationToken", StringComparison.Ordinal)
            && !line.Contains("request-id", StringComparison.Ordinal))).Replace(Uri.EscapeDataString(teammate), "", StringComparison.Ordinal);
    }

    private async Task<IEnumerable<ManualTopic>> TopicsAsync()
    {
        _ = portal.Address;
        return (await portal.Services.GetRequiredService<ManualReader>().ReadAsync()).Topics;
    }
}
