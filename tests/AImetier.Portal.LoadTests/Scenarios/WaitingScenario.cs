using AImetier.Portal.Data;
using AImetier.Portal.Features.Approvals;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.NeedsAttention;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.LoadTests.Driving;
using AImetier.Portal.LoadTests.Hosting;
using AImetier.Portal.LoadTests.Reporting;
using AImetier.Portal.Tests.NeedsAttention;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AImetier.Portal.LoadTests.Scenarios;

/// <summary>Whether as many waiting approvals as a business may have slow its queue down: pages of the list and the count in the menu, beside the same with a hundred.</summary>
internal sealed class WaitingScenario : IScenario
{
    private const int Few = 100;
    private const double Goal = 1.5;

    public string Name => "waiting";

    public string Summary => "pages of Needs attention and the count in the menu at 10,000 waiting ÷ at 100";

    public async Task<IReadOnlyList<Verdict>> RunAsync(RunOptions options, CancellationToken cancellationToken)
    {
        await using var small = await CreateAsync(Few, cancellationToken);
        await using var large = await CreateAsync(ApprovalService.MostWaiting, cancellationToken);
        var (middleOfSmall, middleOfLarge) = (await MiddleOfAsync(small, cancellationToken), await MiddleOfAsync(large, cancellationToken));
        var first = new Pair("first page of the queue", portal => Page(portal, after: null));
        var middle = new Pair("a page from its middle", portal => Page(portal, portal == small ? middleOfSmall : middleOfLarge));
        var count = new Pair("count in the menu", Count);
        await Pair.MeasureAsync([first, middle, count], small, large, options, cancellationToken);
        return [.. new[] { first, middle, count }.SelectMany(pair => pair.Verdicts("10,000 waiting", "100", Goal))];
    }

    private static async Task<InProcessPortal> CreateAsync(int waiting, CancellationToken cancellationToken)
    {
        var portal = await InProcessPortal.CreateAsync(keys: 1, cancellationToken);
        await portal.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            var origin = new ApprovalOrigin(portal.WorkspaceId, portal.TeammateId, "cv_load", "msg_load", true, new Requester(RequesterKind.Person, "usr_load", "Ann"), "{}");
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var one = await services.GetRequiredService<ApprovalService>()
                .RequestAsync([new EmailContent("client@example.com", "Your order", new string('x', 2000))], origin, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            var made = await WaitingRows.CopyAsync(db, one[0].Id, waiting - 1);
            await transaction.CommitAsync(cancellationToken);
            return made;
        });
        return portal;
    }

    private static Task<string> MiddleOfAsync(InProcessPortal portal, CancellationToken cancellationToken) => portal.InScopeAsync(async services =>
    {
        var all = services.GetRequiredService<PortalDbContext>().Set<Approval>();
        var middle = await all.OrderBy(row => row.RequestedAt).Skip(await all.CountAsync(cancellationToken) / 2).FirstAsync(cancellationToken);
        return new ListPlace(middle.RequestedAt.UtcTicks, middle.Id).ToCursor();
    });

    private static Func<Task> Page(InProcessPortal portal, string? after) => async () =>
    {
        var page = await portal.InScopeAsync(services => services.GetRequiredService<AttentionPages>().ListAsync(after, before: null, key: null, CancellationToken.None));
        if (page.Rows.Count != AttentionReader.PageSize)
            throw new InvalidOperationException("The page is not full.");
    };

    private static Func<Task> Count(InProcessPortal portal) => async () =>
    {
        if (await portal.InScopeAsync(services => services.GetRequiredService<AttentionReader>().CountAsync(CancellationToken.None)) != AttentionReader.MostCounted)
            throw new InvalidOperationException("The count is not what it should be.");
    };
}
