using System.Net.Http.Json;
using System.Text.Json;
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
        await FillAsync(one, ApprovalService.MostWaiting - 1);
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

    [Fact]
    public async Task With_ten_thousand_waiting_the_next_is_refused_in_words_and_one_decided_makes_room()
    {
        var owner = await portal.AddWorkspaceAsync();
        var key = await portal.GenerateAsync(workspaceId: owner.WorkspaceId);
        var one = await portal.RequestAsync(owner.WorkspaceId);
        await FillAsync(one, ApprovalService.MostWaiting - 2);

        var two = await AskAsync(key, "[email to=a@example.com] [email to=b@example.com] Say thanks");
        two.Approvals.ShouldBe(["a@example.com"]);
        two.Text.ShouldContain("The e-mail to b@example.com was not taken. The reason given: “Too many things wait for an OK already. Decide some of them, then ask again.”");
        (await AskAsync(key, "[email to=c@example.com] Say thanks")).Approvals.ShouldBeEmpty();

        await portal.AsPersonAsync(owner.WorkspaceId, "ann", (approvals, ann) => approvals.DeclineAsync(one.Id, null, ann, CancellationToken.None));
        (await AskAsync(key, "[email to=c@example.com] Say thanks")).Approvals.ShouldBe(["c@example.com"]);
    }

    private Task<int> FillAsync(Approval one, int more) =>
        portal.InScopeAsync(services => WaitingRows.CopyAsync(services.GetRequiredService<PortalDbContext>(), one.Id, more));

    private async Task<(string Text, IEnumerable<string?> Approvals)> AskAsync(TestKey key, string text)
    {
        using var client = portal.Client();
        using var answer = await client.CallAsync(key.Text, "/api/v1/teammates/me/messages", HttpMethod.Post, JsonContent.Create(new { text }));
        var body = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        var approvals = body.GetProperty("approvals").EnumerateArray().Select(one => one.GetProperty("details").GetProperty("to").GetString());
        return (body.GetProperty("reply").GetProperty("text").GetString()!, approvals);
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
