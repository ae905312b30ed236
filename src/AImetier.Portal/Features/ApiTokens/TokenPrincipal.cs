using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>What a good key says about its caller, as the database has it at this request.</summary>
/// <param name="TokenId">Public id of the key, 16 characters.</param>
/// <param name="TokenName">Its name.</param>
/// <param name="TeammateId">The one teammate it is for.</param>
/// <param name="TeammateName">The teammate's name.</param>
/// <param name="WorkspaceId">The workspace of both.</param>
public sealed record TokenPrincipal(string TokenId, string TokenName, string TeammateId, string TeammateName, string WorkspaceId)
{
    /// <summary>The key as an actor.</summary>
    public Actor ToActor() => new(WorkspaceId, ActorKind.Key, TokenId, TokenName);

    /// <summary>The principal of the request.</summary>
    public ClaimsPrincipal ToClaims() => new(new KeyIdentity(this));

    /// <summary>The key behind a request that passed <see cref="Policies.Key"/>.</summary>
    /// <param name="user">The request's principal.</param>
    /// <exception cref="InvalidOperationException">The route lacks its policy.</exception>
    public static TokenPrincipal Of(ClaimsPrincipal user) =>
        (user.Identity as KeyIdentity)?.Token ?? throw new InvalidOperationException("The request carries no key.");

    /// <summary>The key behind a request, where there is one.</summary>
    /// <param name="user">The request's principal.</param>
    /// <param name="token">The key, when the answer is true.</param>
    public static bool TryGet(ClaimsPrincipal user, [NotNullWhen(true)] out TokenPrincipal? token)
    {
        token = (user.Identity as KeyIdentity)?.Token;
        return token is not null;
    }

    private sealed class KeyIdentity(TokenPrincipal token)
        : ClaimsIdentity([new Claim(Policies.WorkspaceClaim, token.WorkspaceId)], Policies.KeyScheme)
    {
        public TokenPrincipal Token => token;
    }
}
