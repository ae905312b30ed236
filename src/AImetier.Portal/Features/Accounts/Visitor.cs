using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Accounts;

/// <summary>The browser behind a request, as far as signing in needs it.</summary>
/// <param name="Source">Address; of IPv6 only the /64, which one subscriber usually has whole.</param>
/// <param name="UserAgent">What the browser says it is; may be empty.</param>
public sealed record Visitor(string Source, string UserAgent)
{
    /// <summary>The browser behind a request.</summary>
    /// <param name="request">The request, after forwarded headers were applied.</param>
    public static Visitor Of(HttpRequest request) =>
        new(SourceAddress.Of(request.HttpContext.Connection.RemoteIpAddress), request.Headers.UserAgent.ToString());
}
