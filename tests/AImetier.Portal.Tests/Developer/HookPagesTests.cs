using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.IncomingHooks;
using AImetier.Portal.Tests.Conversations;
using AImetier.Portal.Tests.Host;
using AImetier.Portal.Tests.IncomingHooks;
using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.Developer;

/// <summary>The pages of incoming addresses, and the ready texts on them.</summary>
public sealed class HookPagesTests(AskPortal portal) : IClassFixture<AskPortal>
{
    private const string Hooks = "/settings/developer/hooks";

    [Fact]
    public async Task A_secret_that_the_Portal_makes_is_shown_once_and_stored_nowhere_in_plain()
    {
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var fields = await NewAsync(admin, HookProof.StandardWebhooks);
        using var made = await admin.PostFormAsync(Hooks, fields);
        made.StatusCode.ShouldBe(HttpStatusCode.OK);
        made.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var page = await admin.ReadPageAsync(made);
        var secret = Text(page, "hook-secret");
        secret.ShouldStartWith("whsec_");
        var id = Text(page, "hook-address").Split('/')[^1];

        // The same form once more makes nothing, and shows nothing.
        using var again = await admin.PostFormAsync(Hooks, fields);
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        again.Headers.Location!.ToString().ShouldBe($"{Hooks}/{id}");
        (await admin.GetPageAsync($"{Hooks}/{id}")).Source.Text.ShouldNotContain(secret[10..]);
        (await admin.GetPageAsync($"/settings/developer?teammate={fields["Teammate"]}")).QuerySelectorAll("[data-testid=hook-row]").Length.ShouldBe(1);

        var stored = await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<IncomingHook>().IgnoreQueryFilters().SingleAsync(hook => hook.Id == id));
        stored.ProtectedSecret.ShouldNotBeNull().ShouldNotContain(secret[6..20]);
        foreach (var file in Directory.GetFiles(portal.DataDirectory, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            (await reader.ReadToEndAsync()).Contains(secret[6..], StringComparison.Ordinal).ShouldBeFalse(Path.GetFileName(file));
        }
    }

    [Theory]
    [InlineData(HookProof.StandardWebhooks, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData(HookProof.GitHub, "a secret of their own")]
    public async Task A_pasted_secret_is_never_shown_and_signs(HookProof proof, string secret)
    {
        using var admin = await new PortalBrowser(portal).SignInAsync();
        using var made = await admin.PostFormAsync(Hooks, new(await NewAsync(admin, proof)) { ["Secret"] = $" {secret} " });
        made.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await admin.GetPageAsync(made.Headers.Location!.ToString());
        page.Source.Text.ShouldNotContain(secret[8..]);
        var address = new Uri(Text(page, "hook-address"));
        var hook = new TestHook(address.Segments[^1], address.Segments[^3].Trim('/'), await portal.WorkspaceIdAsync(), proof, HookSecrets.Read(proof, secret));
        using var taken = await portal.SendAsync(hook, "{}");
        await taken.ReceiptAsync();
    }

    [Theory]
    [InlineData("Name", "", "Key", "name-error")]
    [InlineData("Name", "a\u202Eb", "Key", "name-error")]
    [InlineData("Template", "{{name}}", "Key", "template-error")]
    [InlineData("Secret", "short", "GitHub", "secret-error")]
    [InlineData("Secret", "no base64 at all", "StandardWebhooks", "secret-error")]
    public async Task What_does_not_fit_is_said_beside_its_field_and_nothing_is_made(string field, string value, string proof, string error)
    {
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var fields = new Dictionary<string, string>(await NewAsync(admin, Enum.Parse<HookProof>(proof)), StringComparer.Ordinal) { [field] = value };
        using var refused = await admin.PostFormAsync(Hooks, fields);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var page = await admin.ReadPageAsync(refused);
        page.GetElementById(error).ShouldNotBeNull().TextContent.ShouldNotBeEmpty();
        page.QuerySelectorAll(".error").Length.ShouldBe(1);
        page.QuerySelector("input[name=Secret]")!.GetAttribute("value").ShouldBeNull();
        page.QuerySelector($"input[value={proof}]")!.HasAttribute("checked").ShouldBeTrue();
        (await admin.GetPageAsync($"/settings/developer?teammate={fields["Teammate"]}")).QuerySelectorAll("[data-testid=hook-row]").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sample_shows_exactly_what_would_be_asked_and_asks_nothing()
    {
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var hook = await portal.MakeHookAsync(HookProof.GitHub, "Saved {{/a}}");
        const string Body = """{"name": "</textarea><script>alert(1)</script> {{/name}}"}""";
        using var tried = await admin.PostFormAsync($"{Hooks}/{hook.Id}/try", new() { ["Name"] = "x", ["Template"] = "Typed: {{/name}}", ["SampleType"] = "application/json", ["Sample"] = Body });
        var page = await admin.ReadPageAsync(tried);
        var shown = Text(page, "hook-question");
        shown.ShouldBe("Typed: </textarea><script>alert(1)</script> {{/name}}");
        page.QuerySelector("[data-testid=hook-sample]")!.TextContent.ShouldBe(Body);
        (await portal.MessagesAsync(hook.TeammateId)).ShouldBeEmpty();
        (await admin.GetPageAsync($"{Hooks}/{hook.Id}")).QuerySelector("textarea[name=Template]")!.TextContent.ShouldBe("Saved {{/a}}");

        // What is then saved and sent makes the same question.
        using var saved = await admin.PostFormAsync($"{Hooks}/{hook.Id}", new() { ["Name"] = "x", ["Template"] = "Typed: {{/name}}" });
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var sent = await portal.SendAsync(hook, Body);
        await sent.ReceiptAsync();
        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(hook.TeammateId))[0].Text.ShouldBe(shown);

        using var broken = await admin.PostFormAsync($"{Hooks}/{hook.Id}/try", new() { ["Template"] = "", ["SampleType"] = "application/json", ["Sample"] = "{" });
        (await admin.ReadPageAsync(broken)).QuerySelector("[data-testid=hook-unfit]").ShouldNotBeNull();
        using var unfit = await admin.PostFormAsync($"{Hooks}/{hook.Id}/try", new() { ["Template"] = "{{", ["SampleType"] = "application/json", ["Sample"] = "{}" });
        unfit.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_page_pauses_resumes_replaces_and_removes_and_tells_what_came_in()
    {
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var hook = await portal.MakeHookAsync(HookProof.StandardWebhooks, "[email to=anna@example.com] {{/name}}", name: "Till");
        using (var taken = await portal.SendAsync(hook, """{"name": "Anna"}"""))
            await taken.ReceiptAsync();
        await portal.WhenIdleAsync();
        using (var unproven = await portal.PostAsync(hook.Path, "{}"))
            unproven.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await portal.RefusalsAsync(hook)).ShouldBe("NoProof 1");
        var page = await admin.GetPageAsync($"{Hooks}/{hook.Id}");
        Text(page, "hook-taken-all").ShouldBe("1");
        Text(page, "hook-taken").ShouldContain("just now");
        page.QuerySelector("[data-testid=hook-refusal]")!.GetAttribute("data-reason").ShouldBe("NoProof");

        await FollowAsync(admin, $"{Hooks}/{hook.Id}/pause");
        admin.Page!.QuerySelector("[data-testid=hook-paused]").ShouldNotBeNull();
        await FollowAsync(admin, $"{Hooks}/{hook.Id}/resume");
        admin.Page!.QuerySelector("[data-testid=hook-paused]").ShouldBeNull();

        var nonce = admin.Page!.QuerySelector("#secret input[name=Nonce]")!.GetAttribute("value")!;
        using (var replaced = await admin.PostFormAsync($"{Hooks}/{hook.Id}/secret", new() { ["Nonce"] = nonce, ["Secret"] = "" }))
            Text(await admin.ReadPageAsync(replaced), "hook-secret").ShouldNotBe(hook.Secret!.Reveal());
        using (var again = await admin.PostFormAsync($"{Hooks}/{hook.Id}/secret", new() { ["Nonce"] = nonce, ["Secret"] = "" }))
            again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using (var bad = await admin.PostFormAsync($"{Hooks}/{hook.Id}/secret", new() { ["Nonce"] = nonce + "x", ["Secret"] = "bad" }))
            (await admin.ReadPageAsync(bad)).GetElementById("secret-error").ShouldNotBeNull();
        using (var old = await portal.SendAsync(hook, """{"name": "Anna"}"""))
            old.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var confirm = await admin.GetPageAsync($"{Hooks}/{hook.Id}/remove");
        Text(confirm, "hook-waiting").ShouldStartWith("1 e-mail that it asked for still waits");
        await FollowAsync(admin, $"{Hooks}/{hook.Id}/remove");
        admin.Page!.QuerySelectorAll("[data-testid=hook-row]").ShouldBeEmpty();
        using var gone = await admin.GetAsync($"{Hooks}/{hook.Id}");
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(false, ApprovalState.Waiting)]
    [InlineData(true, ApprovalState.Declined)]
    public async Task What_a_removed_address_asked_for_is_marked_or_declined_with_it(bool decline, ApprovalState afterwards)
    {
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var (hook, other) = (await portal.MakeHookAsync(HookProof.StandardWebhooks, "[email to=anna@example.com] {{/name}}"), await portal.MakeHookAsync(HookProof.StandardWebhooks, "[email to=anna@example.com] {{/name}}"));
        foreach (var one in new[] { hook, other })
        {
            using var taken = await portal.SendAsync(one, """{"name": "Anna"}""");
            await taken.ReceiptAsync();
        }

        await portal.WhenIdleAsync();
        var (asked, others) = (await ApprovalAsync(hook), await ApprovalAsync(other));
        (await admin.GetPageAsync($"/needs-attention/{asked.Id}")).QuerySelector("[data-testid=hook-removed]").ShouldBeNull();
        await admin.GetPageAsync($"{Hooks}/{hook.Id}/remove");
        using var removed = await admin.PostFormAsync($"{Hooks}/{hook.Id}/remove", decline ? new() { ["decline"] = "true" } : []);
        removed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await ApprovalAsync(hook)).State.ShouldBe(afterwards);
        (await ApprovalAsync(other)).State.ShouldBe(ApprovalState.Waiting);
        Text(await admin.GetPageAsync($"/needs-attention/{asked.Id}"), "hook-removed").ShouldContain("was removed");
        (await admin.GetPageAsync($"/needs-attention/{others.Id}")).QuerySelector("[data-testid=hook-removed]").ShouldBeNull();
        ((await admin.GetPageAsync("/needs-attention")).QuerySelector($"[data-approval-id={asked.Id}] [data-testid=hook-removed]") is null).ShouldBe(decline);
    }

    [Fact]
    public async Task A_lost_secret_is_told_and_mended()
    {
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var hook = await portal.MakeHookAsync(HookProof.GitHub);
        await portal.LoseSecretAsync(hook.Id);
        var page = await admin.GetPageAsync($"{Hooks}/{hook.Id}");
        page.QuerySelector("[data-testid=hook-secret-lost]").ShouldNotBeNull();
        var nonce = page.QuerySelector("#secret input[name=Nonce]")!.GetAttribute("value")!;
        using var replaced = await admin.PostFormAsync($"{Hooks}/{hook.Id}/secret", new() { ["Nonce"] = nonce, ["Secret"] = "" });
        (await admin.ReadPageAsync(replaced)).QuerySelector("[data-testid=hook-secret-lost]").ShouldBeNull();
    }

    [Fact]
    public async Task A_hook_of_another_workspace_does_not_exist_and_there_is_an_end_to_how_many_there_are()
    {
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var stranger = await portal.AddWorkspaceAsync();
        var hook = await portal.MakeHookAsync(HookProof.GitHub, workspaceId: stranger.WorkspaceId);
        foreach (var path in new[] { "", "/remove" })
        {
            using var answer = await admin.GetAsync($"{Hooks}/{hook.Id}{path}");
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        foreach (var path in new[] { "", "/try", "/pause", "/resume", "/remove", "/secret" })
        {
            using var answer = await admin.PostFormAsync($"{Hooks}/{hook.Id}{path}", new() { ["Name"] = "x", ["Nonce"] = EntityId.New("nonce"), ["Sample"] = "{}", ["SampleType"] = "application/json" });
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        using var foreign = await admin.GetAsync($"{Hooks}/new?teammate={hook.TeammateId}");
        foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var teammate = await portal.HireAsync();
        for (var one = 0; one < IncomingHook.MostOfTeammate; one++)
            await portal.MakeHookAsync(HookProof.Key, teammateId: teammate);
        using var tooMany = await admin.PostFormAsync(Hooks, new(await NewAsync(admin, HookProof.Key)) { ["Teammate"] = teammate });
        tooMany.Headers.Location!.ToString().ShouldBe($"/settings/developer?teammate={teammate}#incoming");
        var list = await admin.GetPageAsync($"/settings/developer?teammate={teammate}");
        list.QuerySelectorAll("[data-testid=hook-row]").Length.ShouldBe(IncomingHook.MostOfTeammate);
        list.QuerySelector("[data-testid=hook-add]").ShouldBeNull();
    }

    [Theory]
    [InlineData(HookProof.Key)]
    [InlineData(HookProof.StandardWebhooks)]
    [InlineData(HookProof.GitHub)]
    public async Task The_ready_texts_run_as_they_stand_on_the_page(HookProof proof)
    {
        using var admin = await new PortalBrowser(portal).SignInAsync();
        var key = await portal.GenerateAsync();
        var hook = await portal.MakeHookAsync(proof, "New booking from {{/name}}: {{/message}}", key.TeammateId);
        var page = await admin.GetPageAsync($"{Hooks}/{hook.Id}");
        page.Source.Text.ShouldNotContain(hook.Secret?.Reveal() ?? key.Text);
        var environment = new Dictionary<string, string> { ["AIMETIER_API_KEY"] = key.Text, ["AIMETIER_HOOK_SECRET"] = hook.Secret?.Reveal() ?? "" };

        var (_, printed, _) = await OutsideProgram.RunAsync(With(environment, "bash", "-c", Text(page, "hook-curl")));
        JsonDocument.Parse(printed).RootElement.GetProperty("messageId").GetString().ShouldStartWith("msg_");
        var program = Path.Combine(portal.DataDirectory, $"form-{proof}.mjs");
        await File.WriteAllTextAsync(program, Text(page, "hook-form"));
        environment["PORT"] = FreePort.Find().ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var form = OutsideProgram.Start(With(environment, NodeTool.Node(), program));
        try
        {
            using var client = PlainHttp.Create(new Uri($"http://127.0.0.1:{environment["PORT"]}"), cookies: false);
            using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Béa & co", ["message"] = "A cake {{/name}}" });
            using var answer = await PostOnceItListensAsync(client, fields, form);
            (await answer.Content.ReadAsStringAsync()).ShouldBe("Thank you!");
        }
        finally
        {
            form.Kill();
        }

        await portal.WhenIdleAsync();
        (await portal.MessagesAsync(hook.TeammateId)).Where(message => message.ReplyToId is null).Select(message => message.Text)
            .ShouldBe(["New booking from Anna: A table for two on Friday?", "New booking from Béa & co: A cake {{/name}}"], ignoreOrder: true);
        if (proof == HookProof.GitHub)
            Text(page, "hook-github").ShouldContain(hook.Path);
    }

    private Task<Approval> ApprovalAsync(TestHook hook) => portal.InScopeAsync(services =>
        services.GetRequiredService<PortalDbContext>().Set<Approval>().IgnoreQueryFilters().AsNoTracking().SingleAsync(row => row.TeammateId == hook.TeammateId));

    private async Task<Dictionary<string, string>> NewAsync(PortalBrowser admin, HookProof proof)
    {
        var teammate = await portal.HireAsync();
        var page = await admin.GetPageAsync($"{Hooks}/new?teammate={teammate}");
        return new(StringComparer.Ordinal)
        {
            ["Teammate"] = teammate,
            ["Nonce"] = page.QuerySelector("input[name=Nonce]")!.GetAttribute("value")!,
            ["Name"] = "Booking form",
            ["Template"] = "",
            ["Proof"] = proof.ToString(),
            ["Secret"] = "",
        };
    }

    private static async Task FollowAsync(PortalBrowser admin, string path)
    {
        using var answer = await admin.PostFormAsync(path, []);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, path);
        await admin.GetPageAsync(answer.Headers.Location!.ToString().Split('#')[0]);
    }

    private static string Text(IDocument page, string hook) => page.QuerySelector($"[data-testid={hook}]").ShouldNotBeNull(hook).TextContent.Trim();

    private static ProcessStartInfo With(Dictionary<string, string> environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    // The program prints nothing: a connection that is taken is the signal.
    private static async Task<HttpResponseMessage> PostOnceItListensAsync(HttpClient client, HttpContent content, Process program)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await client.PostAsync(new Uri("/", UriKind.Relative), content);
            }
            catch (HttpRequestException) when (attempt < 600 && !program.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }
}
