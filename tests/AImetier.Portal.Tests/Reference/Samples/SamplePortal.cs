using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Reference.Samples;

/// <summary>A Portal for the samples: each has a teammate of its own, with what the pages assume to be there.</summary>
public sealed class SamplePortal : PortalHost
{
    // What has happened before, the oldest first.
    private static readonly string[] Before = ["E-mail anna@example.com about Friday: We are closed.", "Thank the customer for order 1042.", "Draft a welcome note for new customers."];
    private static readonly string[] Assumed = ["$CONVERSATION_ID", "$MESSAGE_ID", "$APPROVAL_ID", "$LAST_EVENT_ID", "me/conversations", "me/approvals"];

    private readonly Lock _lock = new();
    private Task<CSharpSamples>? _csharp;

    public SamplePortal() => With("Connectors:PracticeOutbox", "true");

    /// <summary>Runs a sample with the variables that the pages name, and lets the Portal's time go on meanwhile.</summary>
    internal async Task<(int ExitCode, string Output, string Errors)> RunAsync(Fence sample)
    {
        var key = await this.GenerateAsync(name: "Booking form");
        var (start, input) = await StartAsync(sample);
        start.Environment["AIMETIER_API_KEY"] = key.Text;
        start.Environment.Remove("http_proxy");
        if (Assumed.Any(assumed => sample.Code.Contains(assumed, StringComparison.Ordinal)))
            await SeedAsync(key, start.Environment);
        var run = Shell.RunAsync(start, input);
        return sample.Code.Contains("/events", StringComparison.Ordinal) ? await ApprovingAsync(key, run) : await this.DoneAsync(run);
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

    private async Task<CSharpSamples> CompileAsync() => await CSharpSamples.CompileAsync((await Fence.AllAsync(this)).Where(fence => fence.Language == "csharp" && Awaited.IsThere(fence, this)));

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

    // A person says yes to whatever waits, for as long as the sample runs.
    private async Task<T> ApprovingAsync<T>(TestKey key, Task<T> run)
    {
        await this.TrueAsync(async () =>
        {
            await InScopeAsync(
                async services =>
                {
                    var waiting = await services.GetRequiredService<PortalDbContext>().Set<Approval>().AsNoTracking()
                        .Where(row => row.TeammateId == key.TeammateId && row.State == ApprovalState.Waiting).ToListAsync();
                    foreach (var row in waiting)
                        await services.GetRequiredService<ApprovalService>().ApproveAsync(row.Id, row.ContentHash, new Actor(key.WorkspaceId, ActorKind.Person, "usr_ann", "Ann"), CancellationToken.None);
                    return true;
                },
                key.WorkspaceId);
            return run.IsCompleted;
        });
        return await run;
    }
}
