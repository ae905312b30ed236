using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>Groups of endpoints that only a key opens.</summary>
public static class KeyEndpoints
{
    // What the door, the limits and the machine may answer, wherever a key is needed.
    private static readonly string[] Problems = ["malformed_authorization", "missing_key", "invalid_key", "rate_limited", "internal_error", "busy"];

    /// <summary>Endpoints under <c>/api/v1</c> that act for the key itself.</summary>
    /// <param name="routes">The application.</param>
    public static RouteGroupBuilder MapKeyApi(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/v1").RequireAuthorization(Policies.Key).WithProblems(Problems);

    /// <summary>Endpoints under <c>/api/v1/teammates/{id}</c>, refused unless the id is the key's teammate or <c>me</c>.</summary>
    /// <param name="routes">The application.</param>
    public static RouteGroupBuilder MapTeammateApi(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/v1/teammates/{id}").RequireAuthorization(Policies.Key).AddEndpointFilter<OwnTeammate>().WithProblems([.. Problems, "wrong_teammate"]);
}
