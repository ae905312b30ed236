using System.Security.Claims;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.ChatModels;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Features.Teammates;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>What a key may know and do about itself.</summary>
public static class MeEndpoints
{
    /// <summary>Maps <c>GET /api/v1/me</c> and <c>DELETE /api/v1/me/token</c>.</summary>
    /// <param name="routes">The application.</param>
    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapKeyApi();
        group.MapGet("/me", DescribeAsync).WithName("getMe").WithTags("Key").WithProblems("not_found")
            .WithSummary("Describe the key")
            .WithDescription("What this key may do: its teammate, its workspace, its limits, and which model answers.");
        group.MapDelete("/me/token", RevokeAsync).WithName("revokeOwnToken").WithTags("Key")
            .WithSummary("Revoke the key")
            .WithDescription("The holder ends its own key, at once and for ever. A repeat is answered with 401: it worked.");
    }

    private static async Task<Results<Ok<Me>, NotFound>> DescribeAsync(
        ClaimsPrincipal user, PortalDbContext db, TeammateDirectory teammates, WorkspaceService workspaces, ModelInfo model, IOptions<KeyRateOptions> rate, CancellationToken cancellationToken)
    {
        var key = TokenPrincipal.Of(user);
        if (await teammates.FindAsync(key.TeammateId, cancellationToken) is not { } teammate)
            return TypedResults.NotFound();
        var workspace = await workspaces.GetAsync(key.WorkspaceId, cancellationToken);
        var createdAt = await db.Set<ApiToken>().Where(token => token.Id == key.TokenId).Select(token => token.CreatedAt).SingleAsync(cancellationToken);
        return TypedResults.Ok(new Me(
            TeammateResource.Of(teammate),
            new MeToken(key.TokenId, key.TokenName, createdAt),
            new MeWorkspace(workspace.Id, workspace.Name),
            workspace.AskBeforeSending,
            model.Kind,
            new MeRateLimit(rate.Value.PermitsPerSecond, rate.Value.Burst)));
    }

    private static async Task<NoContent> RevokeAsync(ClaimsPrincipal user, TokenService tokens, CancellationToken cancellationToken)
    {
        var key = TokenPrincipal.Of(user);
        await tokens.RevokeAsync(key.TokenId, key.ToActor(), cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>What a key may do.</summary>
    /// <param name="Teammate">The key's teammate.</param>
    /// <param name="Token">The key.</param>
    /// <param name="Workspace">The teammate's workspace.</param>
    /// <param name="AskBeforeSending">Whether what would leave waits for a person's approval.</param>
    /// <param name="Model"><c>practice</c> or <c>live</c>: whether the built-in practice model answers, or a real one.</param>
    /// <param name="RateLimit">How often the key may call.</param>
    internal sealed record Me(TeammateResource Teammate, MeToken Token, MeWorkspace Workspace, bool AskBeforeSending, string Model, MeRateLimit RateLimit);

    /// <summary>A key, as it may know itself.</summary>
    /// <param name="Id">Public id; it is no secret.</param>
    /// <param name="Name">Name that an admin gave it.</param>
    /// <param name="CreatedAt">When it was made.</param>
    internal sealed record MeToken(string Id, string Name, DateTimeOffset CreatedAt);

    /// <summary>The workspace of a key.</summary>
    /// <param name="Id"><c>ws_…</c>.</param>
    /// <param name="Name">Name of the business.</param>
    internal sealed record MeWorkspace(string Id, string Name);

    /// <summary>How often a key may call.</summary>
    /// <param name="PermitsPerSecond">Requests each second, over time.</param>
    /// <param name="Burst">Requests at once.</param>
    internal sealed record MeRateLimit(int PermitsPerSecond, int Burst);
}
