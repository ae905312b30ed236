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

    private async Task CheckAsync(string text, HttpContext context, RequestDelegate next)
    {
        var source = SourceAddress.Of(context.Connection.RemoteIpAddress);
        switch (await verifier.VerifyAsync(text, source, context.RequestAborted))
        {
            case TokenCheck.Accepted(var principal, var firstUse):
                await stamper.StampAsync(principal, firstUse);
                context.User = principal.ToClaims();
                break;
            case TokenCheck.Busy(var retryAfter):
                context.Features.Set(KeyRefusal.Busy(retryAfter));
                break;
            case TokenCheck.Refused(var reason):
                context.Features.Set(Refused(text, source, reason));
                break;
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}.");
        }

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
