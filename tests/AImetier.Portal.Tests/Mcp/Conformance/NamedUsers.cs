using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace AImetier.Portal.Tests.Mcp.Conformance;

/// <summary>Names the user of a request as sessions want it, once the key has been accepted.</summary>
internal sealed class NamedUsers : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _handler = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            ((ClaimsIdentity)context.User.Identity!).AddClaim(new Claim(ClaimTypes.NameIdentifier, "key"));
        return _handler.HandleAsync(next, context, policy, authorizeResult);
    }
}
