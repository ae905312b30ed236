using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Says yes to a request whose key <see cref="KeyDoor"/> has accepted, where the policy is <see cref="Policies.Key"/> and nothing else; whatever
/// else is asked goes through the framework's own evaluation, which makes its services anew for every request.
/// </summary>
/// <param name="authorization">The framework's evaluation. It and its handlers keep no state of a request.</param>
public sealed class KeyPolicyEvaluator(IAuthorizationService authorization) : PolicyEvaluator(authorization)
{
    private static readonly Task<AuthenticateResult> AtTheDoor = Task.FromResult(AuthenticateResult.NoResult());
    private static readonly Task<PolicyAuthorizationResult> Yes = Task.FromResult(PolicyAuthorizationResult.Success());

    /// <inheritdoc/>
    public override Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) =>
        IsOpenTo(policy, context) ? AtTheDoor : base.AuthenticateAsync(policy, context);

    /// <inheritdoc/>
    public override Task<PolicyAuthorizationResult> AuthorizeAsync(AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) =>
        IsOpenTo(policy, context) ? Yes : base.AuthorizeAsync(policy, authenticationResult, context, resource);

    private static bool IsOpenTo(AuthorizationPolicy policy, HttpContext context) =>
        policy.Requirements is [KeyRequirement] && policy.AuthenticationSchemes.Count == 0 && TokenPrincipal.TryGet(context.User, out _);
}
