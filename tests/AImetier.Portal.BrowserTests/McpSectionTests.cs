using AImetier.Portal.BrowserTests.Host;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AImetier.Portal.BrowserTests;

/// <summary>The section about MCP, as a developer uses it beside an admin who looks on.</summary>
public sealed class McpSectionTests : BrowserTest
{
    private const int Poll = 15_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_is_set_up_from_the_section_and_seen_in_it(bool scripts)
    {
        var page = await SignedInAsync(new BrowserNewContextOptions { JavaScriptEnabled = scripts });
        if (scripts)
            await page.Clock.InstallAsync();
        var keys = await OpenKeysOfNewTeammateAsync(page, "Mia");
        var key = await keys.GenerateAsync("CRM sync");
        await keys.OpenAsync(keys.Teammate);
        var section = page.GetByTestId("mcp-section");
        await Expect(page.GetByTestId("mcp-address")).ToBeHiddenAsync();
        await section.Locator("summary").ClickAsync();
        await Expect(page.GetByTestId("mcp-address")).ToHaveTextAsync(Portal.At("/mcp"));

        var codex = section.Locator("[data-client=codex]");
        await Expect(codex).ToBeHiddenAsync();
        await section.Locator("#mcp-client-claude-code").FocusAsync();
        for (var press = 0; press < 3; press++)
            await page.Keyboard.PressAsync("ArrowRight");
        await Expect(codex.Locator("pre")).ToContainTextAsync("[mcp_servers.aimetier-mia]");
        await Expect(section.Locator("[data-client=claude-code]")).ToBeHiddenAsync();
        if (scripts)
        {
            using (var clipboard = await Clipboard.HoldAsync(page))
            {
                await codex.GetByRole(AriaRole.Button).ClickAsync();
                await Expect(codex.GetByRole(AriaRole.Status)).ToHaveTextAsync("Copied.");
                (await clipboard.ReadAsync()).ShouldContain("bearer_token_env_var = \"AIMETIER_API_KEY\"");
            }

            await AccessibilityTests.ShouldSuitEverybodyAsync(page);
        }

        await ConnectAsync(key);
        var latest = page.GetByTestId("mcp-latest");
        for (var look = 0; look < 200 && !(await latest.InnerTextAsync()).Contains("Acme", StringComparison.Ordinal); look++)
        {
            if (scripts)
                await page.RunAndWaitForResponseAsync(() => page.Clock.FastForwardAsync(Poll), answer => answer.Url.Contains("/settings/developer/mcp", StringComparison.Ordinal));
            else
                await page.ReloadAsync();
        }

        await Expect(latest).ToContainTextAsync("Acme Agent connected");
        await Expect(latest).ToContainTextAsync("CRM sync");
        await Expect(page.GetByTestId("mcp-client-row")).ToContainTextAsync("2025-11-25");
        if (scripts)
            await AccessibilityTests.ShouldSuitEverybodyAsync(page);
    }

    private async Task ConnectAsync(string key)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, Portal.At("/mcp"))
        {
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"acme","title":"Acme Agent","version":"1.0"}}}""",
                null,
                "application/json"),
        };
        request.Headers.Authorization = new("Bearer", key);
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var answer = await client.SendAsync(request, CancellationToken.None);
        answer.EnsureSuccessStatusCode();
    }
}
