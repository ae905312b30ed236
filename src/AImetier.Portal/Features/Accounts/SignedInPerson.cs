using System.Globalization;
using System.Security.Claims;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Accounts;

/// <summary>A session and its person as the database has them at this request.</summary>
/// <param name="PersonId">Who.</param>
/// <param name="WorkspaceId">Their workspace.</param>
/// <param name="DisplayName">Their name now.</param>
/// <param name="Role">Their role now.</param>
/// <param name="SessionKey">Key of the session's row.</param>
/// <param name="LastSeenAt">Last request, at most a minute behind.</param>
/// <param name="ProvedAt">When they last proved who they are.</param>
public sealed record SignedInPerson(
    string PersonId, string WorkspaceId, string DisplayName, PersonRole Role, string SessionKey, DateTimeOffset LastSeenAt, DateTimeOffset ProvedAt)
{
    private const string SessionClaim = "session";
    private const string ProvedClaim = "proved";

    /// <summary>Key of the session behind a request.</summary>
    /// <param name="user">Principal of a session.</param>
    public static string SessionOf(ClaimsPrincipal user) =>
        user.FindFirstValue(SessionClaim) ?? throw new InvalidOperationException("Nobody is signed in; the route lacks its policy.");

    /// <summary>When the person behind a request last proved who they are.</summary>
    /// <param name="user">Principal of a session.</param>
    public static DateTimeOffset ProvedAtOf(ClaimsPrincipal user) =>
        new(long.Parse(user.FindFirstValue(ProvedClaim) ?? "0", CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>The principal of the request.</summary>
    public ClaimsPrincipal ToClaims() => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, PersonId),
            new Claim(ClaimTypes.Name, DisplayName),
            new Claim(ClaimTypes.Role, Role.ToString()),
            new Claim(Policies.WorkspaceClaim, WorkspaceId),
            new Claim(SessionClaim, SessionKey),
            new Claim(ProvedClaim, ProvedAt.UtcTicks.ToString(CultureInfo.InvariantCulture)),
        ],
        AccountServices.SessionScheme));
}
