namespace AImetier.Portal.Features.Shared;

/// <summary>Addresses that clients try before they believe that a plain key is enough.</summary>
public static class ProbeAddresses
{
    private static readonly string[] Patterns =
    [
        "/.well-known/oauth-{kind}/{**rest}",
        "/.well-known/openid-configuration/{**rest}",
        "/register",
        "/authorize",
        "/token",
    ];

    /// <summary>Answers them with a JSON 404, so that no client starts an OAuth dance.</summary>
    /// <param name="routes">The application.</param>
    public static void MapProbeAddresses(this IEndpointRouteBuilder routes)
    {
        foreach (var pattern in Patterns)
        {
            routes.Map(pattern, () => ApiProblem.Of("not_found", "This installation has no OAuth server. Send a key as 'Authorization: Bearer hclip_…'."))
                .AllowAnonymous();
        }
    }
}
