using System.Text.Encodings.Web;
using AImetier.Portal.Features.Shared;
using AImetier.Portal.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// Authenticates <c>/api</c> and <c>/mcp</c> with a bearer key and nothing else, and answers refusals as problem details with
/// <c>WWW-Authenticate</c>.
/// </summary>
/// <param name="options">Options of the scheme.</param>
/// <param name="logger">Unused by design: refusals are counted, not logged one by one.</param>
/// <param name="encoder">Of the base class.</param>
/// <param name="tokens">The one door to keys.</param>
/// <param name="stamper">Notes the use.</param>
/// <param name="refusals">Counts refusals.</param>
/// <remarks>RFC 6750, section 3.</remarks>
public sealed class BearerTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenService tokens,
    LastUsedStamper stamper,
    RefusalCounter refusals)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Realm = "Bearer realm=\"aimetier\"";
    private const string SameForAllKeys = "This key is not accepted. It may have been mistyped, revoked, or belong to a teammate that was removed. Check it in Settings > Developer.";
    private Refusal _refusal = Refusal.Missing;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (KeyInAddress())
            return Refuse(new Refusal("malformed_authorization", "invalid_request", "A key never belongs in an address: it ends up in logs. Send it in the Authorization header, and replace this one."));

        switch (BearerHeader.Read(Request.Headers.Authorization))
        {
            case BearerHeader.Malformed(var detail):
                return Refuse(new Refusal("malformed_authorization", "invalid_request", detail));
            case BearerHeader.Key(var text):
                return await CheckAsync(text);
            default:
                return AuthenticateResult.NoResult();
        }
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_refusal.Error is not null)
            Response.Headers.WWWAuthenticate = $"{Realm}, error=\"{_refusal.Error}\"";
        else if (_refusal.RetryAfter is null)
            Response.Headers.WWWAuthenticate = Realm;
        return ApiProblem.Of(_refusal.Code, _refusal.Detail, _refusal.RetryAfter).ExecuteAsync(Context);
    }

    private async Task<AuthenticateResult> CheckAsync(string text)
    {
        var source = SourceAddress.Of(Context.Connection.RemoteIpAddress);
        switch (await tokens.VerifyAsync(text, source, Context.RequestAborted))
        {
            case TokenCheck.Accepted(var principal, var firstUse):
                await stamper.StampAsync(principal, firstUse);
                return AuthenticateResult.Success(new AuthenticationTicket(principal.ToClaims(), Scheme.Name));
            case TokenCheck.Busy(var retryAfter):
                return Refuse(new Refusal("busy", null, "Too many keys are being checked for the first time. Nothing was done; try again.", retryAfter));
            case TokenCheck.Refused(var reason):
                if (refusals.Count(source, reason, text) is { } wait)
                    return Refuse(new Refusal("rate_limited", null, "Too many keys from this address were not accepted. Good keys still work.", wait));
                return Refuse(new Refusal("invalid_key", "invalid_token", reason is RefusalReason.WrongLength
                    ? $"This is not a complete key: {text.Length} of {TokenFormat.Length} characters."
                    : SameForAllKeys));
            case var other:
                throw new InvalidOperationException($"Unknown outcome {other.GetType().Name}.");
        }
    }

    private bool KeyInAddress()
    {
        var query = Request.QueryString.Value;
        return Request.Path.Value?.Contains(TokenFormat.Prefix, StringComparison.OrdinalIgnoreCase) == true
            || (query is { Length: > 1 } && Uri.UnescapeDataString(query).Contains(TokenFormat.Prefix, StringComparison.OrdinalIgnoreCase));
    }

    private AuthenticateResult Refuse(Refusal refusal)
    {
        _refusal = refusal;
        return AuthenticateResult.Fail(refusal.Code);
    }

    private sealed record Refusal(string Code, string? Error, string Detail, TimeSpan? RetryAfter = null)
    {
        public static readonly Refusal Missing = new(
            "missing_key", null, "Send 'Authorization: Bearer <key>'. Keys are made in Settings > Developer.");
    }
}
