using System.Security.Claims;
using AImetier.Portal.Data;
using AImetier.Portal.Features.Accounts;
using AImetier.Portal.Features.ChatModels;
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
        group.MapGet("/me", DescribeAsync).WithName("getMe");
        group.MapDelete("/me/token", RevokeAsync).WithName("revokeOwnToken");
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

    internal sealed record Me(TeammateResource Teammate, MeToken Token, MeWorkspace Workspace, bool AskBeforeSending, string Model, MeRateLimit RateLimit);

    internal sealed record MeToken(string Id, string Name, DateTimeOffset CreatedAt);

    internal sealed record MeWorkspace(string Id, string Name);

    internal sealed record MeRateLimit(int PermitsPerSecond, int Burst);
}
