using AImetier.Portal.Features.ApiTokens;
using AImetier.Portal.Features.Connectors;
using AImetier.Portal.Features.Shared;

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

    private static async Task<IResult> ListAsync(HttpContext context, ApprovalReader reader, IOutwardChannel channel, CancellationToken cancellationToken)
    {
        var (list, problem) = ListQuery.Read(context.Request.Query);
        if (list is null)
            return problem!;
        ApprovalState? state = null;
        if (context.Request.Query.TryGetValue("state", out var states) && (state = ApprovalJson.StateOf(states.ToString())) is null)
        {
            return ApiProblem.Of("validation_failed", "The query does not fit; 'errors' says which fields and why.", errors: new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["state"] = [$"It must be one of: {ApprovalReader.AllStates}."],
            });
        }

        var rows = await reader.PageAsync(TokenPrincipal.Of(context.User).TeammateId, state, list, cancellationToken);
        var now = await channel.StateAsync(cancellationToken);
        return TypedResults.Ok(list.Answer(rows, row => new ListPlace(row.RequestedAt.UtcTicks, row.Id), row => ApprovalJson.Of(row, now)));
    }

    private static async Task<IResult> ReadAsync(
        string approvalId, HttpContext context, ApprovalReader reader, IOutwardChannel channel, CancellationToken cancellationToken) =>
        await reader.FindAsync(TokenPrincipal.Of(context.User).TeammateId, approvalId, cancellationToken) is { } found
            ? TypedResults.Ok(ApprovalJson.Of(found, await channel.StateAsync(cancellationToken)))
            : ApiProblem.Of("not_found", "This teammate has no such approval for keys.");
}
