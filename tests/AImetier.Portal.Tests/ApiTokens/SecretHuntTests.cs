using System.Text;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Tests.Developer;
using AImetier.Portal.Tests.Host;
using AngleSharp.Html.Dom;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.ApiTokens;

/// <summary>After the whole path at the most talkative log level, the secret is nowhere. The profile of a real browser is searched by the browser tests.</summary>
public sealed class SecretHuntTests
{
    [Fact]
    public async Task The_secret_is_in_no_log_file_database_list_or_cookie_of_a_running_program()
    {
        var data = Directory.CreateTempSubdirectory("portal-hunt-");
        var password = "Pw-" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(20);
        using var program = PortalProcess.Start(
            "--urls", "http://127.0.0.1:0", "--Portal:DataDirectory", data.FullName, "--environment", "Development",
            "--Setup:Email", PortalHost.OwnerEmail, "--Setup:Password", password, "--Setup:Workspace", "Bakery",
            "--Serilog:MinimumLevel:Default", "Verbose", "--Serilog:MinimumLevel:Override:Microsoft", "Verbose",
            "--Serilog:MinimumLevel:Override:Microsoft.AspNetCore", "Verbose", "--Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore", "Verbose",
            "--Serilog:MinimumLevel:Override:AImetier.Portal.Features.ApiTokens.BearerTokenHandler", "Verbose",
            "--Serilog:MinimumLevel:Override:System.Net.Http", "Verbose");
        var log = new StringBuilder();
        var address = new TaskCompletionSource<Uri>();
        program.OutputDataReceived += (_, line) => Collect(line.Data);
        program.ErrorDataReceived += (_, line) => Collect(line.Data);
        program.BeginOutputReadLine();
        program.BeginErrorReadLine();
        try
        {
            using var client = PlainHttp.Create(await address.Task.WaitAsync(TimeSpan.FromMinutes(2)), cookies: true);
            using var browser = new PortalBrowser(client);
            await browser.SignInAsync(PortalHost.OwnerEmail, password);
            await browser.GetPageAsync("/teammates/hire");
            (await browser.PostFormAsync("/teammates/hire", new() { ["Name"] = "Mia", ["Role"] = "Marketing", ["Instructions"] = "Keep it short." })).Dispose();

            var page = await browser.GetPageAsync("/settings/developer");
            var fields = page.QuerySelectorAll("form.make input").Cast<IHtmlInputElement>().ToDictionary(input => input.Name!, input => input.Value, StringComparer.Ordinal);
            using var made = await browser.PostWithoutTokenAsync("/settings/developer/tokens", fields);
            var key = new TestKey((await browser.ReadPageAsync(made)).QuerySelector("[data-testid=new-token]")!.TextContent, "", "");

            using var api = PlainHttp.Create(client.BaseAddress!, cookies: false);
            using var content = new StringContent("""{"text":"Draft a note"}""", Encoding.UTF8, "application/json");
            (await api.CallAsync(key.Text, "/api/v1/teammates/me/messages", HttpMethod.Post, content)).EnsureSuccessStatusCode().Dispose();
            (await api.CallAsync(key.WithWrongSecret())).Dispose();
            (await api.CallAsync(key.Text + "x")).Dispose();
            (await api.CallAsync(null, $"/api/v1/me?key={key.Text}")).Dispose();
            var (secret, replaced, webhook) = await AddWebhookAsync(browser);
            (await browser.PostFormAsync("/settings/security/ask-before-sending/off", new() { ["Password"] = password })).Dispose();
            var list = await browser.GetPageAsync("/settings/developer");
            (await browser.PostFormAsync($"/settings/developer/tokens/{key.Id}/revoke", [])).Dispose();
            (await api.CallAsync(key.Text)).Dispose();

            lock (log)
            {
                log.ToString().ShouldContain("/api/v1/me", customMessage: "the log must have seen the calls, else it proves nothing");
                log.ToString().ShouldContain($"/settings/developer/webhooks/{webhook}/check");
                log.ToString().ShouldContain("/settings/security/ask-before-sending/off");
                log.ToString().Contains(password, StringComparison.Ordinal).ShouldBeFalse("the password is in the log");
                Hunt(key, "log", log.ToString());
                Hunt(secret, "log", log.ToString());
                Hunt(replaced, "log", log.ToString());
            }

            Hunt(key, "list", list.Source.Text);
            Hunt(secret, "list", list.Source.Text);
            Hunt(replaced, "list", list.Source.Text);
            Hunt(key, "headers and cookies", made.Headers.ToString());
            foreach (var file in data.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                await using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                var text = await reader.ReadToEndAsync();
                Hunt(key, file.Name, text);
                Hunt(secret, file.Name, text);
                Hunt(replaced, file.Name, text);
                if (!string.Equals(file.Name, "portal.db-wal", StringComparison.Ordinal))
                    continue;
                text.ShouldContain(key.Id, customMessage: "the public id is there, so the search can find what is");
                text.ShouldContain(webhook);
            }
        }
        finally
        {
            program.Kill(entireProcessTree: true);
            await program.WaitForExitAsync();
            SqliteConnection.ClearAllPools();
            data.Delete(recursive: true);
        }

        void Collect(string? line)
        {
            if (line is null)
                return;
            lock (log)
                log.AppendLine(line);
            var at = line.IndexOf("Now listening on: ", StringComparison.Ordinal);
            if (at >= 0)
                address.TrySetResult(new Uri(line[(at + 18)..].Trim()));
        }
    }

    // An endpoint that nothing is sent to: added, its secret pasted into the checker, and replaced.
    private static async Task<(string Secret, string Replaced, string WebhookId)> AddWebhookAsync(PortalBrowser browser)
    {
        await browser.GetPageAsync("/settings/developer");
        using var added = await browser.SubmitAsync("/settings/developer/webhooks", ("Url", "https://8.8.8.8/"), ("Events", "approval.uncertain"));
        var row = (await browser.ReadPageAsync(added)).QuerySelector("[data-testid=webhook-row]")!;
        var (secret, self) = (row.QuerySelector("[data-testid=webhook-secret]")!.TextContent, row.QuerySelector("[data-testid=webhook-open]")!.GetAttribute("href")!);
        Hunt(secret, "headers and cookies", added.Headers.ToString());
        await browser.GetPageAsync(self);

        // Without its beginning, by which the log would know it.
        using var pasted = await browser.SubmitAsync(self + "/check", ("Headers", $"webhook-id: evt_1\nwebhook-timestamp: 1764090000\nwebhook-signature: v1,{new string('A', 43)}="), ("Body", "{}"), ("Secret", secret["whsec_".Length..]));
        var found = await browser.ReadPageAsync(pasted);
        found.QuerySelector("[data-testid=check-result]")!.GetAttribute("data-finding").ShouldBe("UnknownId");
        Hunt(secret, "checker's answer", found.Source.Text);
        using var again = await browser.SubmitAsync(self + "/secret");
        return (secret, (await browser.ReadPageAsync(again)).QuerySelector("[data-testid=webhook-secret]")!.TextContent, row.GetAttribute("data-webhook-id")!);
    }

    // Its longest run of letters and digits, because pages and logs may write the other signs of base64 differently.
    private static void Hunt(string secret, string place, string text)
    {
        var part = secret["whsec_".Length..].Split('+', '/', '=').MaxBy(run => run.Length)!;
        text.Contains(part, StringComparison.Ordinal).ShouldBeFalse($"a webhook's secret is in the {place}");
    }

    // Compared here, so that no assertion prints what it looks for.
    private static void Hunt(TestKey key, string place, string text)
    {
        text.Contains(key.Secret, StringComparison.Ordinal).ShouldBeFalse($"the secret is in the {place}");
        text.Contains(key.Text[..40], StringComparison.Ordinal).ShouldBeFalse($"a part of the key is in the {place}");
        key.Text.Length.ShouldBe(TokenFormat.Length);
    }
}
