using AImetier.Portal.Data;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.Tests.NeedsAttention;

/// <summary>A Portal with approvals in it. The practice outbox is on unless a test says otherwise.</summary>
public sealed class AttentionPortal : PortalHost
{
    public const string To = "client@example.com";

    public AttentionPortal() => With("Connectors:PracticeOutbox", "true");

    /// <summary>Has a teammate want to send something; without a requester, a person asked.</summary>
    public async Task<Approval> RequestAsync(
        string workspaceId, string body = "Hello", string to = To, string subject = "News", Requester? by = null, string? teammateId = null)
    {
        teammateId ??= await this.HireAsync(workspaceId: workspaceId);
        return await InScopeAsync(
            async services =>
            {
                var db = services.GetRequiredService<PortalDbContext>();
                await using var transaction = await db.Database.BeginTransactionAsync();
                var origin = new ApprovalOrigin(
                    workspaceId, teammateId, EntityId.New("cnv"), EntityId.New("msg"), false, by ?? new Requester(RequesterKind.Person, "usr_ann", "Ann"), "{}");
                var rows = await services.GetRequiredService<ApprovalService>().RequestAsync([new EmailContent(to, subject, body)], origin, default);
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
                return rows.Single();
            },
            workspaceId);
    }

    /// <summary>The row as it is now.</summary>
    public Task<Approval> ReadAsync(string approvalId) => InScopeAsync(services => services.GetRequiredService<PortalDbContext>()
        .Set<Approval>().IgnoreQueryFilters().AsNoTracking().SingleAsync(row => row.Id == approvalId));

    /// <summary>Waits until the sender has brought a row into a state.</summary>
    public async Task<Approval> UntilAsync(string approvalId, ApprovalState state)
    {
        await this.TrueAsync(async () => (await ReadAsync(approvalId)).State == state);
        return await ReadAsync(approvalId);
    }

    /// <summary>Calls the approvals as a person of a workspace.</summary>
    public Task<T> AsPersonAsync<T>(string workspaceId, string name, Func<ApprovalService, Actor, Task<T>> act) =>
        InScopeAsync(services => act(services.GetRequiredService<ApprovalService>(), new Actor(workspaceId, ActorKind.Person, "usr_" + name, name)), workspaceId);

    /// <summary>Puts a row into a state that only a mail server's answer leads to.</summary>
    public Task<int> SetStateAsync(string approvalId, ApprovalState state, SendFailure? failure = null, string? detail = null) =>
        InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Set<Approval>().IgnoreQueryFilters()
            .Where(row => row.Id == approvalId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state)
                .SetProperty(row => row.ApprovedHash, row => row.ContentHash)
                .SetProperty(row => row.Failure, failure)
                .SetProperty(row => row.FailureDetail, detail)));
}
