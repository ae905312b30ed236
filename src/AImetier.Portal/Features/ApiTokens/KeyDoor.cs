using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Identifies the key of a request to a program's address: a bearer key and nothing else. It runs as middleware, in place of the framework's
/// authentication, whose handlers are made anew for every request; what was wrong is kept for <see cref="BearerTokenHandler"/>, which says it
/// where a key is needed.
/// </summary>
/// <param name="verifier">Checks keys.</param>
/// <param name="stamper">Notes the use.</param>
/// <param name="refusals">Counts refusals.</param>
public sealed class KeyDoor(TokenVerifier verifier, LastUsedStamper stamper, RefusalCounter refusals)
{
    private const string SameForAllKeys = "This key is not accepted. It may have been mistyped, revoked, or belong to a teammate that was removed. Check it in Settings > Developer.";

    /// <summary>Runs before authorization.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">The rest of the pipeline.</param>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!ApiErrors.IsForPrograms(context.Request.Path))
            return next(context);
        if (InAddress(context.Request))
            return RefuseAsync(KeyRefusal.InAddress, context, next);
        return BearerHeader.Read(context.Request.Headers.Authorization) switch
        {
            BearerHeader.Malformed(var detail) => RefuseAsync(new KeyRefusal("malformed_authorization", "invalid_request", detail), context, next),
            BearerHeader.Key(var text) => CheckAsync(text, context, next),
            _ => next(context),
        };
    }

    private static Task RefuseAsync(KeyRefusal refusal, HttpContext context, RequestDelegate next)
    {
        context.Features.Set(refusal);
        return next(context);
    }

    private static bool InAddress(HttpRequest request)
    {
        var query = request.QueryString.Value;
        return request.Path.Value?.Contains(TokenFormat.Prefix, StringComparison.OrdinalIgnoreCase) == true
            || (query is { Length: > 1 } && Uri.UnescapeDataString(query).Contains(TokenFormat.Prefix, StringComparison.OrdinalIgnoreCase));
    }

    // A check that had nothing to wait for goes on without the cost of being able to wait.
    private Task CheckAsync(string text, HttpContext context, RequestDelegate next)
    {
        var source = SourceAddress.Of(context.Connection.RemoteIpAddress);
        var check = verifier.VerifyAsync(text, source, context.RequestAborted);
        return check.IsCompletedSuccessfully
            ? DecideAsync(check.Result, text, source, context, next)
            : WaitAsync(check, text, source, context, next);
    }

    private async Task WaitAsync(ValueTask<TokenCheck> check, string text, string source, HttpContext context, RequestDelegate next) =>
        await DecideAsync(await check, text, source, context, next);

    private Task DecideAsync(TokenCheck check, string text, string source, HttpContext context, RequestDelegate next)
    {
        switch (check)
        {
            case TokenCheck.Accepted(var principal, FirstUse: false):
                stamper.Stamp(principal);
                context.User = principal.ToClaims();
                return next(context);
            case TokenCheck.Accepted(var principal, FirstUse: true):
                return FirstUseAsync(principal, context, next);
            case TokenCheck.Busy(var retryAfter):
                return RefuseAsync(KeyRefusal.Busy(retryAfter), context, next);
            case TokenCheck.Refused(var reason):
                return RefuseAsync(Refused(text, source, reason), context, next);
            default:
                throw new InvalidOperationException($"Unknown outcome {check.GetType().Name}.");
        }
    }

    private async Task FirstUseAsync(TokenPrincipal principal, HttpContext context, RequestDelegate next)
    {
        await stamper.StampFirstAsync(principal);
        context.User = principal.ToClaims();
        await next(context);
    }

    private KeyRefusal Refused(string text, string source, RefusalReason reason)
    {
        if (refusals.Count(source, reason, text) is { } wait)
            return new KeyRefusal("rate_limited", null, "Too many keys from this address were not accepted. Good keys still work.", wait);
        return new KeyRefusal("invalid_key", "invalid_token", reason is RefusalReason.WrongLength
            ? $"This is not a complete key: {text.Length} of {TokenFormat.Length} characters."
            : SameForAllKeys);
    }
}
