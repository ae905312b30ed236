using System.Net;
using AImetier.Portal.Features.Reference;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Tests.Host;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Reference;

/// <summary>Every link of the Developer reference leads somewhere, every page can be reached, and every error leads to its explanation.</summary>
public sealed class ManualLinkTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task No_link_is_broken_and_every_page_is_reached()
    {
        using var browser = new PortalBrowser(portal);
        var pages = new Dictionary<string, IDocument>(StringComparer.Ordinal);
        var links = new List<(string From, Uri To)>();
        var waiting = new Queue<string>(["/developers"]);
        while (waiting.TryDequeue(out var path))
        {
            if (pages.ContainsKey(path))
                continue;
            var page = pages[path] = await browser.GetPageAsync(path);
            foreach (var link in page.QuerySelectorAll<IHtmlAnchorElement>("a[href]").Select(link => new Uri(new Uri(portal.Address, path), link.GetAttribute("href"))))
            {
                links.Add((path, link));
                if (link.Authority == portal.Address.Authority && link.AbsolutePath.StartsWith("/developers", StringComparison.Ordinal) && !IsOther(link))
                    waiting.Enqueue(link.AbsolutePath);
            }
        }

        foreach (var (from, to) in links.Where(link => link.To.Authority == portal.Address.Authority && link.To.Fragment.Length > 1 && pages.ContainsKey(link.To.AbsolutePath)))
            pages[to.AbsolutePath].GetElementById(Uri.UnescapeDataString(to.Fragment[1..])).ShouldNotBeNull($"{from} leads to {to.PathAndQuery}{to.Fragment}");
        foreach (var to in links.Select(link => link.To).Where(IsOther).Select(link => link.PathAndQuery).Distinct())
        {
            using var answer = await browser.GetAsync(to);
            ((int)answer.StatusCode).ShouldBeLessThan(400, to);
        }

        links.Where(link => link.To.Authority != portal.Address.Authority).ShouldAllBe(link => link.To.Scheme == "https");
        var topics = (await portal.Services.GetRequiredService<ManualReader>().ReadAsync()).Topics.Select(topic => topic.Path);
        pages.Keys.ShouldBe(topics.Append("/developers"), ignoreOrder: true);

        bool IsOther(Uri link) => link.Authority == portal.Address.Authority && (!link.AbsolutePath.StartsWith("/developers", StringComparison.Ordinal)
            || link.AbsolutePath.EndsWith(".md", StringComparison.Ordinal) || link.AbsolutePath.EndsWith("/try", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Links_of_the_sources_lead_to_sources()
    {
        using var client = portal.Client();
        _ = portal.Address;
        var topics = (await portal.Services.GetRequiredService<ManualReader>().ReadAsync()).Topics.ToList();
        foreach (var topic in topics)
        {
            var source = await client.GetStringAsync(topic.Path + ".md");
            foreach (var target in System.Text.RegularExpressions.Regex.Matches(source, @"\]\((?<target>[a-z-]+)\.md", default, TimeSpan.FromSeconds(1)).Select(match => match.Groups["target"].Value))
                topics.ShouldContain(other => other.Slug == target, $"{topic.Slug} leads to {target}");
        }
    }

    [Fact]
    public async Task Every_code_of_an_error_is_explained_and_nothing_else()
    {
        using var browser = new PortalBrowser(portal);
        var page = await browser.GetPageAsync("/developers/errors");
        page.QuerySelectorAll("article h3").Select(heading => heading.Id!).ShouldBe(ApiProblem.All.Keys, ignoreOrder: true);
        foreach (var (code, (status, title)) in ApiProblem.All)
        {
            var said = page.GetElementById(code)!.ParentElement!;
            said.QuerySelector("h3 + p")!.TextContent.ShouldBe($"{status} {title}.");
            said.QuerySelectorAll("p").Length.ShouldBeGreaterThan(1, code);
        }
    }

    [Fact]
    public async Task The_address_in_an_error_leads_to_its_explanation()
    {
        using var browser = new PortalBrowser(portal);
        using var refused = await browser.Client.CallAsync(null);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var type = new Uri(System.Text.Json.JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("type").GetString()!);
        type.Authority.ShouldBe(portal.Address.Authority);
        (await browser.GetPageAsync(type.AbsolutePath)).GetElementById(type.Fragment[1..])!.TextContent.ShouldBe("missing_key");
    }
}
