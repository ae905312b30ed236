using AImetier.Portal.Features.Activity;
using AImetier.Portal.Features.ApiTokens;

namespace AImetier.Portal.Features.Approvals;

/// <summary>Who asks a teammate.</summary>
/// <param name="Kind">Person, key or hook.</param>
/// <param name="Id">Id of the person, key or hook.</param>
/// <param name="Name">Name at that moment.</param>
public sealed record Requester(RequesterKind Kind, string Id, string Name)
{
    /// <summary>Public id of the key that asks, or null.</summary>
    public string? TokenId => Kind == RequesterKind.Key ? Id : null;

    /// <summary>Whether software asks, not a person.</summary>
    public bool IsSoftware => Kind != RequesterKind.Person;

    /// <summary>A signed-in person.</summary>
    /// <param name="actor">The person.</param>
    public static Requester Person(Actor actor) => new(RequesterKind.Person, actor.Id, actor.Name);

    /// <summary>A key.</summary>
    /// <param name="key">The key of the request.</param>
    public static Requester Key(TokenPrincipal key) => new(RequesterKind.Key, key.TokenId, key.TokenName);
}
