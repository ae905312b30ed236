using System.Net;
using AImetier.Portal.Features.Mcp;
using AImetier.Portal.Features.Teammates;
using AImetier.Portal.Tests.Host;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Mcp;

/// <summary>The section about MCP of Settings &gt; Developer.</summary>
public sealed class McpSectionTests(PortalHost portal) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task The_section_gives_the_address_and_a_text_for_every_client_with_the_variable_and_never_a_key()
    {
        var key = await portal.GenerateAsync(await portal.HireAsync("Élodie d'Arc"));
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var page = await admin.GetPageAsync($"/settings/developer?teammate={key.TeammateId}");
        var section = page.QuerySelector("[data-testid=mcp-section]")!;
        section.HasAttribute("open").ShouldBeFalse("folded while no client was seen");
        section.QuerySelector("[data-testid=mcp-address]")!.TextContent.ShouldBe(new Uri(portal.Address, "/mcp").ToString());

        var setups = section.QuerySelectorAll("[data-testid=mcp-setup]").ToDictionary(setup => setup.GetAttribute("data-client")!, setup => setup.QuerySelector("pre")!.TextContent, StringComparer.Ordinal);
        setups.Keys.ShouldBe(["claude-code", "cursor", "vs-code", "codex", "inspector", "csharp", "typescript"]);
        setups.Values.ShouldAllBe(text => text.Contains("AIMETIER_API_KEY") && text.Contains("/mcp") && !text.Contains("hclip_"));
        setups.Where(setup => setup.Key != "inspector").ShouldAllBe(setup => setup.Value.Contains("aimetier-elodie-d-arc"));
        foreach (var json in (string[])["claude-code", "cursor", "vs-code"])
            System.Text.Json.JsonDocument.Parse(setups[json]).RootElement.EnumerateObject().Count().ShouldBe(1);
        section.QuerySelectorAll("input[type=radio]").Length.ShouldBe(setups.Count);
        section.TextContent.ShouldContain("OAuth");
    }

    [Fact]
    public async Task A_client_that_connected_unfolds_it_and_a_revoked_key_is_marked()
    {
        var key = await portal.GenerateAsync(name: "CRM sync");
        await portal.RequestAsync(key.Text, "tools/list", clientInfo: new { name = "claude-code", title = "Claude Code", version = "2.1" });
        await portal.Services.GetRequiredService<ClientSightings>().FlushAsync(CancellationToken.None);
        portal.Clock.Advance(TimeSpan.FromSeconds(12));
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var page = await admin.GetPageAsync($"/settings/developer?teammate={key.TeammateId}");
        page.QuerySelector("[data-testid=mcp-section]")!.HasAttribute("open").ShouldBeTrue();
        Words(page.QuerySelector("[data-testid=mcp-latest]")!).ShouldBe("Claude Code connected 12 s ago with the key “CRM sync”");

        await portal.RevokeAsync(key);
        var live = await admin.GetPageAsync(page.QuerySelector("[data-testid=mcp-section]")!.GetAttribute("data-poll-url")!);
        var row = live.QuerySelector("[data-testid=mcp-client-row]")!;
        Words(row).ShouldContain("CRM sync Revoked");
        live.QuerySelectorAll("[id]").Select(element => element.Id).ShouldBe(["mcp-latest", "mcp-seen"]);
        (await portal.RequestAsync(key.Text, "tools/list")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Without_a_teammate_there_is_no_section_and_its_address_is_not_found()
    {
        await using var empty = new PortalHost();
        using var admin = await new PortalBrowser(empty).SignInAsync();
        (await admin.GetPageAsync("/settings/developer")).QuerySelector("[data-testid=mcp-section]").ShouldBeNull();
        using var answer = await admin.GetAsync("/settings/developer/mcp?teammate=tm_x");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Mia", "aimetier-mia")]
    [InlineData("  Jean-Luc & Co. ", "aimetier-jean-luc-co")]
    [InlineData("Łukasz", "aimetier-ukasz")]
    [InlineData("美雅", "aimetier-uvwxyz")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789", "aimetier-abcdefghijklmnopqrstuvwxyz012345")]
    public void The_server_is_named_after_the_teammate_in_letters_that_every_client_takes(string name, string server) => ClientSetups.ServerName(new Teammate
    {
        Id = "tm_abcdefuvwxyz",
        WorkspaceId = "ws_x",
        Name = name,
        Role = "",
        Instructions = "",
        CreatedAt = DateTimeOffset.UnixEpoch,
    }).ShouldBe(server);

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
