using System.Net.Http.Json;
using System.Text.Json;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Events;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.Approvals;

/// <summary>A Portal with the practice model and outbox, and what tests of approvals need.</summary>
public sealed class ApprovalPortal : PortalHost
{
    /// <summary>A person who decides.</summary>
    public static Actor Person(string workspaceId) => new(workspaceId, ActorKind.Person, "usr_ann", "Ann");

    /// <summary>A waiting e-mail that a new key asked for.</summary>
    public async Task<(TestKey Key, string ApprovalId)> WaitingAsync()
    {
        var key = await this.GenerateAsync();
        return (key, await WaitingAsync(key));
    }

    /// <summary>A waiting e-mail that a key asked for.</summary>
    public async Task<string> WaitingAsync(TestKey key)
    {
        using var client = Client();
        using var answer = await client.CallAsync(
            key.Text, "/api/v1/teammates/me/messages", HttpMethod.Post, JsonContent.Create(new { text = "[email to=client@example.com] Say thanks" }));
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("approvals")[0].GetProperty("id").GetString()!;
    }

    /// <summary>Approves what is there now.</summary>
    public Task<DecideOutcome> ApproveAsync(string id) => ActAsync(id, (service, row, person) => service.ApproveAsync(id, row.ContentHash, person, CancellationToken.None));

    /// <summary>Acts as a person of the approval's workspace.</summary>
    public async Task<T> ActAsync<T>(string id, Func<ApprovalService, Approval, Actor, Task<T>> act)
    {
        var row = await FindAsync(id);
        return await InScopeAsync(services => act(services.GetRequiredService<ApprovalService>(), row, Person(row.WorkspaceId)), row.WorkspaceId);
    }

    /// <summary>The row.</summary>
    public Task<Approval> FindAsync(string id) =>
        InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<Approval>().IgnoreQueryFilters().AsNoTracking().SingleAsync(row => row.Id == id));

    /// <summary>Waits until an approval has a state.</summary>
    public Task UntilAsync(string id, ApprovalState state) => this.TrueAsync(async () => (await FindAsync(id)).State == state);

    /// <summary>Files of an approval in the practice outbox.</summary>
    public IReadOnlyList<string> Files(string id)
    {
        var folder = Path.Combine(DataDirectory, "outbox");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, id + "*")] : [];
    }

    /// <summary>Types of a teammate's events, in order.</summary>
    public Task<List<string>> EventsAsync(string teammateId) => InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
        .Set<OutboxEvent>().IgnoreQueryFilters().Where(row => row.TeammateId == teammateId).OrderBy(row => row.Position).Select(row => row.Type).ToListAsync());

    /// <summary>Leaves an approval as a process that was killed in mid-attempt would.</summary>
    public Task CutOffAsync(string id) => SetAsync(id, row => row.ExecuteUpdateAsync(set => set
        .SetProperty(approval => approval.State, ApprovalState.Sending)
        .SetProperty(approval => approval.ApprovedHash, approval => approval.ContentHash)
        .SetProperty(approval => approval.AttemptId, "att_cut")
        .SetProperty(approval => approval.SendingUntil, Clock.GetUtcNow() + TimeSpan.FromSeconds(2))));

    /// <summary>Approves a row in the database with content that nobody approved.</summary>
    public Task TamperAsync(string id) => SetAsync(id, row => row.ExecuteUpdateAsync(set => set
        .SetProperty(approval => approval.State, ApprovalState.Approved)
        .SetProperty(approval => approval.ApprovedHash, new string('0', 64))));

    private Task<int> SetAsync(string id, Func<IQueryable<Approval>, Task<int>> set) => InScopeAsync(services =>
        set(services.GetRequiredService<PortalDbContext>().Set<Approval>().IgnoreQueryFilters().Where(approval => approval.Id == id)));
}
