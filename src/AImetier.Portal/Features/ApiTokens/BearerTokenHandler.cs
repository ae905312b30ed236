using System.Text.Encodings.Web;
using AImetier.Portal.Features.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace AImetier.Portal.Features.ApiTokens;

/// <summary>
/// The bearer scheme as the framework sees it: repeats what <see cref="KeyDoor"/> found, and answers refusals as problem details with
/// <c>WWW-Authenticate</c>.
/// </summary>
/// <param name="options">Options of the scheme.</param>
/// <param name="logger">Unused by design: refusals are counted, not logged one by one.</param>
/// <param name="encoder">Of the base class.</param>
/// <remarks>RFC 6750, section 3.</remarks>
public sealed class BearerTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Realm = "Bearer realm=\"aimetier\"";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        TokenPrincipal.TryGet(Context.User, out _) ? AuthenticateResult.Success(new AuthenticationTicket(Context.User, Scheme.Name))
        : Context.Features.Get<KeyRefusal>() is { } refusal ? AuthenticateResult.Fail(refusal.Code)
        : AuthenticateResult.NoResult());

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var refusal = Context.Features.Get<KeyRefusal>() ?? KeyRefusal.Missing;
        if (refusal.Error is not null)
            Response.Headers.WWWAuthenticate = $"{Realm}, error=\"{refusal.Error}\"";
        else if (refusal.RetryAfter is null)
            Response.Headers.WWWAuthenticate = Realm;
        return ApiProblem.Of(refusal.Code, refusal.Detail, refusal.RetryAfter).ExecuteAsync(Context);
    }
}
