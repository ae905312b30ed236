using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.NeedsAttention;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AImetier.Portal.Tests.NeedsAttention;

/// <summary>As many waiting as a business may have.</summary>
public sealed class ManyWaitingTests(AttentionPortal portal) : IClassFixture<AttentionPortal>
{
    [Fact]
    public async Task Ten_thousand_are_counted_up_to_a_bound_and_listed_page_by_page()
    {
        var owner = await portal.AddWorkspaceAsync();
        var one = await portal.RequestAsync(owner.WorkspaceId);
        await portal.InScopeAsync(services => services.GetRequiredService<PortalDbContext>().Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE "n"("i") AS (SELECT 1 UNION ALL SELECT "i" + 1 FROM "n" WHERE "i" < {ApprovalService.MostWaiting - 1})
            INSERT INTO "Approvals" ("Id", "WorkspaceId", "TeammateId", "ConversationId", "MessageId", "VisibleToKeys", "Kind", "State", "Content", "ContentHash", "Edited",
                "RequestedByKind", "RequestedById", "RequestedByName", "RequestedAt", "ExpiresAt", "DecidedBySetting", "Metadata")
            SELECT 'apr_many' || "i", "WorkspaceId", "TeammateId", "ConversationId", "MessageId", "VisibleToKeys", "Kind", "State", "Content", "ContentHash", "Edited",
                "RequestedByKind", "RequestedById", "RequestedByName", "RequestedAt" + "i", "ExpiresAt" + "i", "DecidedBySetting", "Metadata"
            FROM "Approvals", "n" WHERE "Approvals"."Id" = {one.Id}
            """));
        using var browser = await new PortalBrowser(portal).SignInAsync(owner);
        var page = await browser.GetPageAsync("/needs-attention");
        page.QuerySelectorAll("[data-testid=approval-row]").Length.ShouldBe(AttentionReader.PageSize);
        page.QuerySelector("[data-testid=attention-count]")!.TextContent.ShouldBe("99+");
        page.QuerySelector("#attention-live .sr")!.TextContent.ShouldBe("More than 99 things need you");

        await PlanAsync(owner.WorkspaceId, reader => reader.Oldest(ApprovalState.Waiting, null, null).Take(21));
        await PlanAsync(owner.WorkspaceId, reader => reader.Oldest(ApprovalState.Waiting, new ListPlace(one.RequestedAt.UtcTicks + 5000, "apr_x"), null).Take(21));
        await PlanAsync(owner.WorkspaceId, reader => reader.Oldest(ApprovalState.Failed, null, null).Take(21));
        await PlanAsync(owner.WorkspaceId, reader => reader.Counted([ApprovalState.Waiting, ApprovalState.Failed, ApprovalState.Uncertain]));
    }

    // Along the index of workspace, state and time: no scan of the table and no sort of everything.
    private async Task PlanAsync(string workspaceId, Func<AttentionReader, IQueryable<Approval>> query)
    {
        var plan = await portal.InScopeAsync(
            async services =>
            {
                var db = services.GetRequiredService<PortalDbContext>();
                await db.Database.OpenConnectionAsync();
                await using var command = query(services.GetRequiredService<AttentionReader>()).CreateDbCommand();
                command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
                var lines = new List<string>();
                await using var rows = await command.ExecuteReaderAsync();
                while (await rows.ReadAsync())
                    lines.Add(rows.GetString(3));
                return string.Join('\n', lines);
            },
            workspaceId);
        plan.ShouldContain("IX_Approvals_WorkspaceId_State_RequestedAt (WorkspaceId=? AND State=?");
        plan.ShouldNotContain("SCAN Approvals");
        plan.ShouldNotContain("TEMP B-TREE FOR ORDER BY");
    }
}
