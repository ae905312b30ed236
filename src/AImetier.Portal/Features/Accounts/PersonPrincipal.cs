using System.Security.Claims;
using AImetier.Portal.Features.Activity;
using AImetier.Portal.Security;

namespace AImetier.Portal.Features.Accounts;

/// <summary>Reads the signed-in person from the principal of the session.</summary>
public static class PersonPrincipal
{
    /// <summary>The signed-in person as an actor.</summary>
    /// <param name="user">Principal of a session.</param>
    /// <exception cref="InvalidOperationException">Nobody is signed in; the route lacks its policy.</exception>
    public static Actor ToActor(this ClaimsPrincipal user) => new(
        Claim(user, Policies.WorkspaceClaim),
        ActorKind.Person,
        Claim(user, ClaimTypes.NameIdentifier),
        Claim(user, ClaimTypes.Name));

    /// <summary>A person as an actor, where there is no principal yet.</summary>
    /// <param name="person">The person.</param>
    public static Actor ToActor(this Person person) => new(person.WorkspaceId, ActorKind.Person, person.Id, person.DisplayName);

    /// <summary>Whether the signed-in person is owner or admin.</summary>
    /// <param name="user">Principal of a session.</param>
    public static bool IsAdmin(this ClaimsPrincipal user) =>
        user.IsInRole(nameof(PersonRole.Owner)) || user.IsInRole(nameof(PersonRole.Admin));

    private static string Claim(ClaimsPrincipal user, string type) =>
        user.FindFirstValue(type) ?? throw new InvalidOperationException($"The principal has no claim '{type}'.");
}
