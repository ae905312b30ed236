using AImetier.Portal.Data;
using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AImetier.Portal.Features.Approvals;

/// <summary>Endpoints with which a key reads what its teammate wants to send. It can never decide.</summary>
public static class ApprovalEndpoints
{
    /// <summary>Maps <c>GET …/approvals</c> and <c>GET …/approvals/{approvalId}</c>.</summary>
    /// <param name="routes">The application.</param>
    public static void MapApprovals(this IEndpointRouteBuilder routes)
    {
        var teammate = routes.MapTeammateApi().AddEndpointFilter<AcceptsJson>().WithProblems("not_acceptable").WithTags("Approvals");
        teammate.MapGet("/approvals", ListAsync).WithName("listApprovals").ProducesList<ApprovalJson>()
            .WithSummary("List approvals").WithDescription("What the teammate wants to send out of the workspace, as asked for by software. Read only: a key can never decide.");
        teammate.MapGet("/approvals/{approvalId}", ReadAsync).WithName("getApproval").Produces<ApprovalJson>().WithProblems("not_found")
            .WithSummary("Read an approval").WithDescription("One approval, with exactly what would leave and how far it is.");
    }

    private static async Task<IResult> ListAsync(HttpContext context, PortalDbContext db, IOutwardChannel channel, CancellationToken cancellationToken)
    {
        var (list, problem) = ListQuery.Read(context.Request.Query);
        if (list is null)
            return problem!;
        var approvals = Visible(db, context);
        if (context.Request.Query.TryGetValue("state", out var states))
        {
            if (ApprovalJson.StateOf(states.ToString()) is not { } state)
            {
                return ApiProblem.Of("validation_failed", "The query does not fit; 'errors' says which fields and why.", errors: new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    ["state"] = [$"It must be one of: {string.Join(", ", Enum.GetValues<ApprovalState>().Select(ApprovalJson.NameOf))}."],
                });
            }

            approvals = approvals.Where(approval => approval.State == state);
        }

        if (list.After is { Number: var ticks, Id: var id })
        {
            var at = new DateTimeOffset(ticks, TimeSpan.Zero);
            approvals = list.Ascending
                ? approvals.Where(row => row.RequestedAt > at || (row.RequestedAt == at && row.Id.CompareTo(id) > 0))
                : approvals.Where(row => row.RequestedAt < at || (row.RequestedAt == at && row.Id.CompareTo(id) < 0));
        }

        approvals = list.Ascending
            ? approvals.OrderBy(row => row.RequestedAt).ThenBy(row => row.Id)
            : approvals.OrderByDescending(row => row.RequestedAt).ThenByDescending(row => row.Id);
        var rows = await approvals.Take(list.Limit + 1).ToListAsync(cancellationToken);
        var now = await channel.StateAsync(cancellationToken);
        return TypedResults.Ok(list.Answer(rows, row => new ListPlace(row.RequestedAt.UtcTicks, row.Id), row => ApprovalJson.Of(row, now)));
    }

    private static async Task<IResult> ReadAsync(
        string approvalId, HttpContext context, PortalDbContext db, IOutwardChannel channel, CancellationToken cancellationToken) =>
        await Visible(db, context).SingleOrDefaultAsync(approval => approval.Id == approvalId, cancellationToken) is { } found
            ? TypedResults.Ok(ApprovalJson.Of(found, await channel.StateAsync(cancellationToken)))
            : ApiProblem.Of("not_found", "This teammate has no such approval for keys.");

    private static IQueryable<Approval> Visible(PortalDbContext db, HttpContext context)
    {
        var teammateId = TokenPrincipal.Of(context.User).TeammateId;
        return db.Set<Approval>().AsNoTracking().Where(approval => approval.TeammateId == teammateId && approval.VisibleToKeys);
    }
}
