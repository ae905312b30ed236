using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Reference.Samples;

/// <summary>A Portal for the samples: each has a teammate of its own, with what the pages assume to be there.</summary>
public sealed partial class SamplePortal : PortalHost
{
    // What has happened before, the oldest first.
    private static readonly string[] Before = ["E-mail anna@example.com about Friday: We are closed.", "Thank the customer for order 1042.", "Draft a welcome note for new customers."];
    private static readonly string[] Assumed = ["$CONVERSATION_ID", "$MESSAGE_ID", "$APPROVAL_ID", "$LAST_EVENT_ID", "me/conversations", "me/approvals"];

    // Only these wait for the Portal's time: it must not run away from that of the machine, by which messages are signed.
    private static readonly string[] Patient = ["[slow", "/events"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly Lock _lock = new();
    private Task<CSharpSamples>? _csharp;

    public SamplePortal() => With("Connectors:PracticeOutbox", "true").With("Webhooks:AllowedNetworks:0", "127.0.0.0/8").With("Webhooks:AllowHttp", "true");

    /// <summary>Runs a sample with the variables that the pages name, and lets the Portal's time go on meanwhile.</summary>
    internal async Task<(int ExitCode, string Output, string Errors)> RunAsync(Fence sample)
    {
        var key = await this.GenerateAsync(name: "Booking form");
        var (start, input) = await StartAsync(sample);
        start.Environment["AIMETIER_API_KEY"] = key.Text;
        if (Assumed.Any(assumed => sample.Code.Contains(assumed, StringComparison.Ordinal)))
            await SeedAsync(key, start.Environment);
        await MakeWhatPeopleMakeAsync(sample, key, start.Environment);
        var run = OutsideProgram.RunAsync(start, input);
        if (Patient.Any(word => sample.Code.Contains(word, StringComparison.Ordinal)))
            await PassTimeAsync(run, key);
        return await run;
    }

    /// <summary>How a sample is started.</summary>
    internal async Task<(ProcessStartInfo Start, string? Input)> StartAsync(Fence sample) => sample.Language switch
    {
        "bash" => (new("bash", ["-c", sample.Code]), null),
        "csharp" => ((await CSharpAsync()).Start(sample), null),
        "javascript" => (NodeTool.Script(), sample.Code),
        _ => (new("python3", ["-"]), sample.Code),
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing && _csharp is { IsCompletedSuccessfully: true } compiled)
            compiled.Result.Dispose();
        _csharp = null;
        base.Dispose(disposing);
    }

    private Task<CSharpSamples> CSharpAsync()
    {
        lock (_lock)
            return _csharp ??= CompileAsync();
    }

    private async Task<CSharpSamples> CompileAsync() => await CSharpSamples.CompileAsync((await Fence.AllAsync(this)).Where(fence => fence.Language == "csharp"));

    private async Task SeedAsync(TestKey key, IDictionary<string, string?> variables)
    {
        using var client = Client();
        foreach (var text in Before)
        {
            using var asked = await client.CallAsync(key.Text, "/api/v1/teammates/me/messages", HttpMethod.Post, JsonContent.Create(new { text }));
            var answer = await asked.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            variables["CONVERSATION_ID"] = answer.GetProperty("conversationId").GetString();
            variables["MESSAGE_ID"] = answer.GetProperty("reply").GetProperty("id").GetString();
            foreach (var approval in answer.GetProperty("approvals").EnumerateArray())
                variables["APPROVAL_ID"] = approval.GetProperty("id").GetString();
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        using var listed = await client.CallAsync(key.Text, "/api/v1/teammates/me/events?order=asc", accept: "application/json");
        var events = await listed.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        variables["LAST_EVENT_ID"] = events.GetProperty("data")[0].GetProperty("id").GetString();
    }

    // Webhooks and incoming addresses are made by people, on the pages.
    private async Task MakeWhatPeopleMakeAsync(Fence sample, TestKey key, IDictionary<string, string?> variables)
    {
        if (sample.Code.Contains("$WEBHOOK_ID", StringComparison.Ordinal))
        {
            using var admin = await new PortalBrowser(this).SignInAsync();
            var nonce = await NonceAsync(admin, $"/settings/developer?teammate={key.TeammateId}", "/settings/developer/webhooks");
            using var added = await admin.PostFormAsync("/settings/developer/webhooks", new() { ["Teammate"] = key.TeammateId, ["Nonce"] = nonce, ["Url"] = "http://127.0.0.1:9999/", ["Events"] = "message.completed" });
            variables["WEBHOOK_ID"] = Id().Match(await added.Content.ReadAsStringAsync()).Value;
        }

        if (sample.Code.Contains("HOOK_ADDRESS", StringComparison.Ordinal) || sample.Code.Contains("$HOOK_ID", StringComparison.Ordinal))
        {
            using var admin = await new PortalBrowser(this).SignInAsync();
            var nonce = await NonceAsync(admin, $"/settings/developer/hooks/new?teammate={key.TeammateId}", "/settings/developer/hooks");
            var proof = sample.Code.Contains("AIMETIER_HOOK_SECRET", StringComparison.Ordinal) ? "StandardWebhooks" : "Key";
            using var made = await admin.PostFormAsync("/settings/developer/hooks", new() { ["Teammate"] = key.TeammateId, ["Nonce"] = nonce, ["Name"] = "Booking form", ["Template"] = "{{/message}}", ["Proof"] = proof });
            var page = made.Headers.Location is { } address ? await admin.GetPageAsync(address.ToString()) : await admin.ReadPageAsync(made);
            variables["AIMETIER_HOOK_ADDRESS"] = page.QuerySelector("[data-testid=hook-address]")!.TextContent.Trim();
            variables["AIMETIER_HOOK_SECRET"] = page.QuerySelector("[data-testid=hook-secret]")?.TextContent.Trim();
            variables["HOOK_ID"] = variables["AIMETIER_HOOK_ADDRESS"]!.Split('/')[^1];
        }
    }

    private static async Task<string> NonceAsync(PortalBrowser admin, string path, string action) =>
        (await admin.GetPageAsync(path)).QuerySelector($"form[action='{action}'] input[name=Nonce]")!.GetAttribute("value")!;

    // A person says yes to whatever waits, for as long as the sample runs.
    private async Task PassTimeAsync(Task run, TestKey key)
    {
        while (!run.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await InScopeAsync(services => ApproveAsync(services, key), key.WorkspaceId);
            await Task.WhenAny(run, Task.Delay(Pause, TimeProvider.System));
        }
    }

    private static async Task<bool> ApproveAsync(IServiceProvider services, TestKey key)
    {
        var waiting = await services.GetRequiredService<PortalDbContext>().Set<Approval>().AsNoTracking()
            .Where(row => row.TeammateId == key.TeammateId && row.State == ApprovalState.Waiting).ToListAsync();
        foreach (var row in waiting)
            await services.GetRequiredService<ApprovalService>().ApproveAsync(row.Id, row.ContentHash, new Actor(key.WorkspaceId, ActorKind.Person, "usr_ann", "Ann"), CancellationToken.None);
        return waiting.Count > 0;
    }

    [GeneratedRegex("we_[0-9a-z]{20}")]
    private static partial Regex Id();
}
